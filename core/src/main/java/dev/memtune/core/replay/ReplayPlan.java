// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import dev.memtune.core.search.Goal;
import dev.memtune.core.search.SearchSettings;
import java.util.List;
import java.util.Objects;

/**
 * What to replay.
 *
 * @param policies at least one; all see the same draws
 * @param goal what "best" means
 * @param values the sizes a user would have named; empty for all there are. Searches may add others that the pool has
 * @param runs per function and policy, at least 1
 * @param seed of all draws
 * @param ties what searches do among sizes that are equal within their tolerance
 */
public record ReplayPlan(
        List<Policy> policies, Goal goal, List<Integer> values, int runs, long seed, SearchSettings.Ties ties) {
    /** Copies the lists. @throws IllegalArgumentException if there is nothing to do */
    public ReplayPlan {
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(ties, "ties");
        policies = List.copyOf(policies);
        values = List.copyOf(values);
        if (policies.isEmpty() || runs < 1) {
            throw new IllegalArgumentException(
                    "policies must not be empty and runs at least 1, got: " + policies + ", " + runs);
        }
    }
}
