// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.wire.SearchPolicy;
import dev.memtune.core.wire.TuningInput;
import java.util.Optional;

/** The policies by name. */
public final class Planners {
    /** The least start that every first visit has: at least one environment has to come up. */
    private static final int EXPECTED_COLD_COUNT = 1;

    private Planners() {}

    /**
     * The planner that an input names. For a preset its {@code invocationCount} bounds the invocations per size, and
     * searches may add sizes between the least and the greatest of its values.
     */
    public static Planner of(TuningInput input) {
        return preset(input.policy())
                .<Planner>map(preset -> search(input, preset))
                .orElseGet(() -> plain(input));
    }

    private static Planner search(TuningInput input, Preset preset) {
        return new ClimbAndRacePlanner(new SearchSettings(
                preset.cappedAt(input.invocationCount()),
                goal(input),
                SizeSpace.between(input.powerValues()),
                Budget.UNLIMITED,
                EXPECTED_COLD_COUNT,
                SearchSettings.Ties.TRADE));
    }

    private static Planner plain(TuningInput input) {
        Planner purchases =
                input.procedure().onlyColdStarts() && !input.procedure().dryRun()
                        ? new ColdStartPlanner(input.powerValues(), input.invocationCount(), goal(input))
                        : new ExhaustivePlanner(input.powerValues(), input.invocationCount(), goal(input));
        return input.policy() == SearchPolicy.LEADER
                ? new LeaderPlanner(purchases, goal(input), input.procedure().trimmedShare())
                : purchases;
    }

    private static Optional<Preset> preset(SearchPolicy policy) {
        return switch (policy) {
            case QUICK -> Optional.of(Preset.QUICK);
            case STANDARD -> Optional.of(Preset.STANDARD);
            case RIGOROUS -> Optional.of(Preset.RIGOROUS);
            case EXHAUSTIVE, LEADER -> Optional.empty();
        };
    }

    /** The most invocations per size that an input leads to. */
    public static int mostPerSize(TuningInput input) {
        return preset(input.policy())
                .map(preset -> preset.cappedAt(input.invocationCount()).maxPerSize())
                .orElse(input.invocationCount());
    }

    /** What an input calls best, with the tolerance and the confidence of its policy. */
    public static Goal goal(TuningInput input) {
        Goal goal = Goal.of(input.strategy(), input.balancedWeight());
        return preset(input.policy()).map(preset -> preset.goal(goal)).orElse(goal);
    }
}
