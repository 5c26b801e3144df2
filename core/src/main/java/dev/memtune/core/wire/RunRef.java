// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;

/**
 * How the steps speak of a run; the rest is in the run store.
 *
 * @param runId the run
 * @param function how the function is called: a name or an unqualified ARN
 * @param token the token under which this execution may write
 */
public record RunRef(String runId, String function, long token) {
    /** Checks that nothing is null. */
    public RunRef {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(function, "function");
    }
}
