// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.wire.TuningInput;

/** The policies by name. */
public final class Planners {
    private Planners() {}

    /** The planner that an input names. @throws IllegalArgumentException if there is no such policy */
    public static Planner of(TuningInput input) {
        return switch (input.policy()) {
            case ExhaustivePlanner.NAME ->
                new ExhaustivePlanner(input.powerValues(), input.invocationCount(), goal(input));
            default ->
                throw new IllegalArgumentException(
                        "policy must be one of [" + ExhaustivePlanner.NAME + "], got: " + input.policy());
        };
    }

    /** What an input calls best. */
    public static Goal goal(TuningInput input) {
        return Goal.of(input.strategy(), input.balancedWeight());
    }
}
