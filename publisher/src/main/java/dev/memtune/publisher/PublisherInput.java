// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.RunRef;
import java.util.Objects;

/**
 * What Publish gets.
 *
 * @param run the run
 * @param plan the round whose arms are to be made measurable
 */
public record PublisherInput(RunRef run, Plan plan) {
    /** Checks that nothing is null. */
    public PublisherInput {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(plan, "plan");
    }
}
