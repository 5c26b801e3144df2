// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.run.Arm;
import dev.memtune.core.wire.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** A function whose true mean at every size is known, with log-normal scatter, for planners to search in. */
final class SimulatedFunction {
    private final IntToDoubleFunction meanMs;
    private final double variation;
    private final int leastWorkingMB;
    private final TreeMap<Integer, List<Measurement>> bought = new TreeMap<>();
    private final TreeMap<Integer, Integer> failed = new TreeMap<>();
    private final SplittableRandom random;
    private int rounds;

    SimulatedFunction(IntToDoubleFunction meanMs, double variation, int leastWorkingMB, long seed) {
        this.meanMs = meanMs;
        this.variation = variation;
        this.leastWorkingMB = leastWorkingMB;
        this.random = new SplittableRandom(seed).split();
    }

    /** Lets a planner search until it decides. */
    Move.Decide searchedBy(Planner planner) {
        for (int round = 0; round <= Plan.MAX_ROUNDS; round++) {
            switch (planner.next(observations(Plan.MAX_ROUNDS - round), 1)) {
                case Move.Decide decide -> {
                    rounds = round;
                    return decide;
                }
                case Move.Allocate allocate -> buy(allocate, round + 1);
            }
        }
        throw new IllegalStateException("went on without rounds left");
    }

    private void buy(Move.Allocate allocate, int round) {
        for (Purchase purchase : allocate.purchases()) {
            int size = purchase.memoryMB();
            if (size < leastWorkingMB) {
                failed.merge(size, purchase.invocationCount(), Integer::sum);
                continue;
            }
            List<Measurement> arm = bought.computeIfAbsent(size, one -> new ArrayList<>());
            for (int i = 0; i < purchase.invocationCount(); i++) {
                double scatter = Math.sqrt(Math.log1p(variation * variation)) * random.nextGaussian();
                double ms = meanMs.applyAsDouble(size) * Math.exp(scatter);
                arm.add(new Measurement(ms, ms, false, round));
            }
        }
    }

    Observations observations(int roundsLeft) {
        List<ArmObservations> arms = new ArrayList<>();
        bought.forEach((size, measurements) ->
                arms.add(new ArmObservations(Arm.ofSize(size).id(), size, measurements.size(), true, measurements)));
        failed.forEach(
                (size, count) -> arms.add(new ArmObservations(Arm.ofSize(size).id(), size, count, false, List.of())));
        return new Observations(roundsLeft, arms);
    }

    /** The invocations bought at each size that worked. */
    Map<Integer, Integer> invocations() {
        Map<Integer, Integer> counts = new TreeMap<>();
        bought.forEach((size, measurements) -> counts.put(size, measurements.size()));
        return counts;
    }

    int invocationCount() {
        return bought.values().stream().mapToInt(List::size).sum()
                + failed.values().stream().mapToInt(Integer::intValue).sum();
    }

    int rounds() {
        return rounds;
    }
}
