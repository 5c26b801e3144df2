// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Purchase;
import dev.memtune.core.wire.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Two versions whose invocations are drawn, for a check to compare. */
public final class SimulatedPair {
    private static final int MEMORY_MB = 1024;

    private final Map<String, Supplier<Noise.Call>> calls;
    private final Map<String, List<Measurement>> bought = new TreeMap<>();

    /** @param candidate endless invocations; {@code baseline} likewise */
    public SimulatedPair(Supplier<Noise.Call> candidate, Supplier<Noise.Call> baseline) {
        this.calls = Map.of(CheckPlanner.CANDIDATE, candidate, CheckPlanner.BASELINE, baseline);
    }

    /** A planner for pairs of these. */
    public static CheckPlanner planner(CheckSettings settings) {
        return new CheckPlanner(settings, MEMORY_MB, MEMORY_MB);
    }

    /** Lets a planner check until it decides. */
    public Examination checkedBy(CheckPlanner planner) {
        for (int round = 0; round <= Plan.MAX_ROUNDS; round++) {
            Observations observations = observations(Plan.MAX_ROUNDS - round);
            switch (planner.next(observations, 1)) {
                case Move.Decide decide -> {
                    return planner.examine(observations);
                }
                case Move.Allocate allocate -> buy(allocate.purchases(), round + 1);
            }
        }
        throw new IllegalStateException("went on without rounds left");
    }

    private void buy(List<Purchase> purchases, int round) {
        for (Purchase purchase : purchases) {
            List<Measurement> arm = bought.computeIfAbsent(purchase.armId(), id -> new ArrayList<>());
            Supplier<Noise.Call> source = Objects.requireNonNull(calls.get(purchase.armId()));
            for (int i = 0; i < purchase.invocationCount(); i++) {
                Noise.Call call = source.get();
                arm.add(new Measurement(Math.ceil(call.ms()), call.ms(), call.isCold(), round));
            }
        }
    }

    /** What is known now. */
    public Observations observations(int roundsLeft) {
        List<ArmObservations> arms = new ArrayList<>();
        bought.forEach((id, measurements) ->
                arms.add(new ArmObservations(id, MEMORY_MB, measurements.size(), true, measurements)));
        return new Observations(roundsLeft, arms);
    }

    /** Invocations bought of each version. */
    public int perSide() {
        return bought.values().stream().mapToInt(List::size).max().orElse(0);
    }
}
