// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import dev.memtune.core.run.Arm;
import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Planner;
import dev.memtune.core.search.Purchase;
import dev.memtune.core.search.SearchSettings;
import dev.memtune.core.search.SizeSpace;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets one policy search in one pool. */
final class Playground {
    private static final double MEGABYTE_MS_PER_GB_SECOND = 1024.0 * 1000;

    private final Pool pool;
    private final SizeSpace sizes;
    private final Goal goal;
    private final Policy policy;
    private final SearchSettings.Ties ties;

    Playground(Pool pool, SizeSpace sizes, Goal goal, Policy policy, SearchSettings.Ties ties) {
        this.pool = pool;
        this.sizes = sizes;
        this.goal = goal;
        this.policy = policy;
        this.ties = ties;
    }

    Trial play(long seed) {
        Planner planner = policy.planner(sizes, goal, ties);
        Map<Integer, Draws> draws = new TreeMap<>();
        Map<Integer, List<Measurement>> bought = new TreeMap<>();
        for (int round = 0; round <= Plan.MAX_ROUNDS; round++) {
            switch (planner.next(observations(bought, Plan.MAX_ROUNDS - round), seed)) {
                case Move.Decide decide -> {
                    return trial(decide, bought, round);
                }
                case Move.Allocate allocate -> {
                    for (Purchase purchase : allocate.purchases()) {
                        int size = purchase.memoryMB();
                        Draws drawn = draws.computeIfAbsent(size, one -> pool.draws(one, seed));
                        List<Measurement> arm = bought.computeIfAbsent(size, one -> new ArrayList<>());
                        for (int i = 0; i < purchase.invocationCount(); i++) {
                            double billedMs = drawn.next();
                            arm.add(new Measurement(billedMs, billedMs, false, round + 1, 0, arm.size()));
                        }
                    }
                }
            }
        }
        throw new IllegalStateException(policy.label() + " went on without rounds left for " + pool.function());
    }

    private static Observations observations(Map<Integer, List<Measurement>> bought, int roundsLeft) {
        List<ArmObservations> arms = new ArrayList<>();
        bought.forEach((size, measurements) ->
                arms.add(new ArmObservations(Arm.ofSize(size).id(), size, measurements.size(), true, measurements)));
        return new Observations(roundsLeft, arms);
    }

    private Trial trial(Move.Decide decide, Map<Integer, List<Measurement>> bought, int rounds) {
        int chosen = decide.best().map(Standing::memoryMB).orElseThrow();
        int invocations = bought.values().stream().mapToInt(List::size).sum();
        double spent = 0;
        for (Map.Entry<Integer, List<Measurement>> size : bought.entrySet()) {
            double billedMs =
                    size.getValue().stream().mapToDouble(Measurement::billedMs).sum();
            spent += billedMs * size.getKey();
        }
        double pass = sizes.values().stream()
                .mapToDouble(size -> size * pool.meanMs(size))
                .sum();
        double lost = index(chosen) - least(pool.sizes());
        boolean isTrue = index(chosen) - least(bought.keySet()) <= Math.log1p(goal.tolerance());
        return new Trial(
                chosen,
                Math.expm1(lost),
                invocations,
                spent / MEGABYTE_MS_PER_GB_SECOND,
                spent / pass,
                rounds,
                decide.separated(),
                isTrue);
    }

    private double least(Collection<Integer> among) {
        return among.stream().mapToDouble(this::index).min().orElseThrow();
    }

    /** The truth of what the goal minimises. */
    private double index(int memoryMB) {
        return Math.log(pool.meanMs(memoryMB)) + goal.costWeight() * Math.log(memoryMB);
    }
}
