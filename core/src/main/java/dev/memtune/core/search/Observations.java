// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.List;
import java.util.Optional;

/**
 * Everything a planner may look at.
 *
 * @param roundsLeft how many more rounds the run may have, at least 0
 * @param arms what is known of every arm that was bought, published or found infeasible; each id once, in any order
 */
public record Observations(int roundsLeft, List<ArmObservations> arms) {
    /** Copies the list. @throws IllegalArgumentException if an arm is there twice */
    public Observations {
        arms = List.copyOf(arms);
        if (arms.stream().map(ArmObservations::armId).distinct().count() != arms.size()) {
            throw new IllegalArgumentException("each arm must be there once, got: "
                    + arms.stream().map(ArmObservations::armId).toList());
        }
    }

    /** What is known of an arm, or empty if nothing is. */
    public Optional<ArmObservations> of(String armId) {
        return arms.stream().filter(arm -> arm.armId().equals(armId)).findFirst();
    }
}
