// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Welch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The way through the sizes: from the smallest up, or for speed alone from the greatest down, until the cost of going on is
 * hopeless. Below 512 MB nothing is hopeless yet, because there garbage collection and throttling can make a function more
 * than twice as fast at twice the memory (144 recorded curves: never above 1 GB, a fifth of them below 256 MB).
 */
final class Climb {
    private static final int SAFE_TO_STOP_MB = 512;
    private static final double HOPELESS_UP = Math.log(1.3);
    /** On the way down every size is cheaper, and recorded functions were slow at some sizes and fast again at smaller ones. */
    private static final double HOPELESS_DOWN = Math.log(2);
    /** On the way down one size may be slow for a reason of its own, and the next is cheap; two are not. */
    private static final int MOST_SLOWER = 2;

    private static final double LEAST_VARIATION = 0.10;

    private final List<Integer> rungs;
    private final Goal goal;
    private final double errorRate;
    private final boolean isDescending;
    private final double hopeless;

    Climb(List<Integer> rungs, Goal goal) {
        this.isDescending = goal.costWeight() == 0 && !goal.demands().isCostBounded();
        this.hopeless = isDescending ? HOPELESS_DOWN : HOPELESS_UP;
        this.errorRate = 1 - goal.confidence();
        this.rungs = rungs.stream()
                .sorted(isDescending ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .toList();
        this.goal = goal;
    }

    /** The sizes that are worth a visit as far as is known, in the order of the climb; those visited already included. */
    List<Integer> visits(List<Candidate> candidates, Observations observations) {
        List<Integer> visits = new ArrayList<>();
        List<Candidate> seen = new ArrayList<>();
        int hopelessCount = 0;
        for (int size : rungs) {
            if (!isExcluded(size, observations)) {
                visits.add(size);
                Optional<Candidate> candidate = candidates.stream()
                        .filter(one -> one.arm().memoryMB() == size)
                        .findFirst();
                candidate.ifPresent(seen::add);
                boolean mayStop = isDescending || size >= SAFE_TO_STOP_MB;
                hopelessCount = candidate.isPresent() && isHopeless(seen, candidate.get()) ? hopelessCount + 1 : 0;
                if (mayStop && (candidate.isEmpty() || hopelessCount >= (isDescending ? MOST_SLOWER : 1))) {
                    return visits;
                }
            }
        }
        return visits;
    }

    /** A size that failed when it was invoked takes all smaller ones with it, those aside that were seen to work. */
    private static boolean isExcluded(int size, Observations observations) {
        for (ArmObservations arm : observations.arms()) {
            boolean failed = !arm.isFeasible() && arm.boughtCount() > 0;
            boolean isItself = arm.memoryMB() == size && !arm.isFeasible();
            if (isItself || (failed && arm.memoryMB() > size && !isWorking(size, observations))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWorking(int size, Observations observations) {
        return observations.arms().stream().anyMatch(arm -> arm.memoryMB() == size && arm.isRankable());
    }

    private boolean isHopeless(List<Candidate> seen, Candidate last) {
        double variation = Math.max(Math.sqrt(last.billed().squaredVariation()), LEAST_VARIATION);
        double doubt = variation / Math.sqrt(last.count());
        if (goal.demands().isDearerBy(last, hopeless + doubt)) {
            return true;
        }
        Optional<Candidate> least = goal.demands().met(seen, errorRate).stream()
                .min(Comparator.comparingDouble(one -> one.index().value()));
        return seen.size() > 1
                && least.isPresent()
                && isFar(Welch.between(least.get().index(), last.index()), doubt);
    }

    /** The least one may owe its place to luck as much as the last one its. */
    private boolean isFar(Welch behind, double doubt) {
        return behind.difference() - Math.max(doubt, behind.standardError()) > hopeless;
    }
}
