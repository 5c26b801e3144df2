// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.wire.TuningInput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The policies by name. */
public final class Planners {
    /** The names of all policies. */
    public static final List<String> NAMES = Stream.concat(
                    Preset.ALL.stream().map(Preset::name), Stream.of(ExhaustivePlanner.NAME, LeaderPlanner.NAME))
            .toList();

    /** The least start that every first visit has: at least one environment has to come up. */
    private static final int EXPECTED_COLD_COUNT = 1;

    private Planners() {}

    /**
     * The planner that an input names. For a preset its {@code invocationCount} bounds the invocations per size, and
     * searches may add sizes between the least and the greatest of its values.
     *
     * @throws IllegalArgumentException if there is no such policy
     */
    public static Planner of(TuningInput input) {
        Optional<Preset> preset = Preset.of(input.policy());
        if (preset.isPresent()) {
            return new ClimbAndRacePlanner(new SearchSettings(
                    preset.get().cappedAt(input.invocationCount()),
                    goal(input),
                    SizeSpace.between(input.powerValues()),
                    Budget.UNLIMITED,
                    EXPECTED_COLD_COUNT,
                    SearchSettings.Ties.TRADE));
        }
        return switch (input.policy()) {
            case ExhaustivePlanner.NAME ->
                new ExhaustivePlanner(input.powerValues(), input.invocationCount(), goal(input));
            case LeaderPlanner.NAME -> new LeaderPlanner(input.powerValues(), input.invocationCount(), goal(input));
            default ->
                throw new IllegalArgumentException("policy must be one of " + NAMES + ", got: " + input.policy());
        };
    }

    /** What an input calls best, with the tolerance and the confidence of its policy. */
    public static Goal goal(TuningInput input) {
        Goal goal = Goal.of(input.strategy(), input.balancedWeight());
        return Preset.of(input.policy()).map(preset -> preset.goal(goal)).orElse(goal);
    }
}
