// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;

/**
 * What a tuning cost, under the names of AWS Lambda Power Tuning.
 *
 * @param executionCost of the state machine's transitions, loops, waits and retries included; 0 on a laptop
 * @param lambdaCost of the tuned function's invocations, compute only
 * @param visualization the link to the chart; empty if a size does not fit its format
 */
public record ExecutionSpend(double executionCost, double lambdaCost, String visualization) {
    /** Checks that nothing is null. */
    public ExecutionSpend {
        Objects.requireNonNull(visualization, "visualization");
    }
}
