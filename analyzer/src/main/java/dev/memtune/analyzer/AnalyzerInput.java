// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.RunRef;
import java.util.Objects;

/**
 * What Analyze is given.
 *
 * @param run the run
 * @param plan the round that was measured
 */
public record AnalyzerInput(RunRef run, Plan plan) {
    /** Checks that nothing is null. */
    public AnalyzerInput {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(plan, "plan");
    }
}
