// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Sizes that nobody named and that may beat those that were.
 *
 * <p>Below one vCPU the share of the processor behaves like a quota per period of 20 ms (facts read in the data of <a
 * href="https://arxiv.org/abs/2506.01283">Lin, Ma, Shahrad</a>). So the duration of a function that computes for C ms falls
 * in steps, at the sizes where C needs one period less: 1769 C / (20 k) MB. Just above such a step it costs least.
 */
final class ExtraSizes {
    private static final double MB_PER_VCPU = 1769;
    private static final double PERIOD_MS = 20;
    private static final int MAX_STEPS = 3;
    /** Just below and just above, because C is known to a few per cent only. */
    private static final double[] STEP_SIDES = {0.97, 1.04};

    /** A function of which an invocation takes less may have steps. */
    static final double SHORT_MS = 60;

    private static final double STEPPED_MS = 40;
    /** Where a sixteenth of the processor does not take twice as long, the function waits, and there are no steps. */
    private static final double COMPUTING = 2;
    /** Where one vCPU is shown whole: a little above it. */
    private static final int PROBE_MB = 1800;

    static final int MAX_EXTRAS = 8;
    private static final double QUIET_VARIATION = 0.05;
    /** Both neighbours must be dearer than this, or the curve is flat, and a size between them gains nothing. */
    private static final double VALLEY = Math.log(1.08);
    /** Neighbours nearer than this leave no room between them. */
    private static final double ROOM = 1.2;

    private final SizeSpace sizes;
    private final Goal goal;

    ExtraSizes(SizeSpace sizes, Goal goal) {
        this.sizes = sizes;
        this.goal = goal;
    }

    /** The sizes where a short function's duration steps; needs the climb, but no race. Empty if there are none to try. */
    List<Integer> steps(List<Candidate> candidates, Observations observations) {
        return goal.costWeight() == 0 ? List.of() : steps(candidates, known(observations));
    }

    /** The sizes between the leader and its neighbours. Empty if they promise nothing. */
    List<Integer> between(List<Candidate> candidates, Candidate leader, Observations observations) {
        return between(candidates, leader, known(observations));
    }

    private static NavigableSet<Integer> known(Observations observations) {
        TreeSet<Integer> known = new TreeSet<>();
        observations.arms().stream()
                .filter(arm -> arm.boughtCount() > 0 || !arm.isFeasible())
                .forEach(arm -> known.add(arm.memoryMB()));
        return known;
    }

    private List<Integer> steps(List<Candidate> candidates, NavigableSet<Integer> known) {
        boolean isTried = known.stream().anyMatch(size -> size < MB_PER_VCPU && isExtra(size));
        Candidate greatest = candidates.getLast();
        if (isTried || greatest.billed().mean() >= SHORT_MS || isWaiting(candidates)) {
            return List.of();
        }
        Optional<Candidate> whole = candidates.stream()
                .filter(one -> one.arm().memoryMB() >= MB_PER_VCPU)
                .min(Comparator.comparingInt(one -> one.arm().memoryMB()));
        if (whole.isEmpty()) {
            return fresh(new double[] {PROBE_MB}, known);
        }
        double computeMs = whole.get().billed().mean();
        return computeMs < STEPPED_MS ? fresh(wished(computeMs), known) : List.of();
    }

    private static boolean isWaiting(List<Candidate> candidates) {
        Candidate least = candidates.getFirst();
        Candidate greatest = candidates.getLast();
        boolean isWide = greatest.arm().memoryMB() >= 4 * least.arm().memoryMB();
        return isWide && least.billed().mean() < COMPUTING * greatest.billed().mean();
    }

    private static double[] wished(double computeMs) {
        double[] wished = new double[MAX_STEPS * STEP_SIDES.length];
        for (int i = 0; i < wished.length; i++) {
            int step = 1 + i / STEP_SIDES.length;
            wished[i] = MB_PER_VCPU * computeMs / (PERIOD_MS * step) * STEP_SIDES[i % STEP_SIDES.length];
        }
        return wished;
    }

    private List<Integer> between(List<Candidate> candidates, Candidate leader, NavigableSet<Integer> known) {
        int position = candidates.indexOf(leader);
        boolean isQuiet =
                candidates.stream().allMatch(one -> Math.sqrt(one.billed().squaredVariation()) < QUIET_VARIATION);
        if (!isQuiet || position == 0 || position == candidates.size() - 1) {
            return List.of();
        }
        Candidate left = candidates.get(position - 1);
        Candidate right = candidates.get(position + 1);
        double floor = leader.index().value() + VALLEY;
        if (left.index().value() < floor || right.index().value() < floor) {
            return List.of();
        }
        return fresh(new double[] {middle(left, leader), middle(leader, right)}, known);
    }

    /** The geometric mean, or nothing where there is no room. */
    private static double middle(Candidate left, Candidate right) {
        double low = left.arm().memoryMB();
        double high = right.arm().memoryMB();
        return high < ROOM * low ? 0 : Math.sqrt(low * high);
    }

    private List<Integer> fresh(double[] wished, NavigableSet<Integer> known) {
        long extraCount = known.stream().filter(this::isExtra).count();
        TreeSet<Integer> fresh = new TreeSet<>();
        for (double wish : wished) {
            OptionalInt size = sizes.nearest((int) Math.round(wish));
            if (size.isPresent()
                    && extraCount + fresh.size() < MAX_EXTRAS
                    && known.stream().noneMatch(one -> SizeSpace.isNear(one, size.getAsInt()))) {
                fresh.add(size.getAsInt());
            }
        }
        return List.copyOf(fresh);
    }

    private boolean isExtra(int size) {
        return !sizes.rungs().contains(size);
    }
}
