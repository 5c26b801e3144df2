// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import java.time.Instant;

/**
 * How many of a function's recent invocations started cold, as its logs tell; a document of the run.
 *
 * @param invocations how many reports were read; 0 if none could be
 * @param cold how many of them started cold
 * @param since the beginning of the stretch of time that was asked for, which ends with the run's beginning
 */
public record ColdStartEstimate(long invocations, long cold, Instant since) {
    /** The name of the document. */
    public static final String DOCUMENT = "cold-starts";

    /** @throws IllegalArgumentException if more are cold than there are */
    public ColdStartEstimate {
        if (cold < 0 || cold > invocations) {
            throw new IllegalArgumentException("cold must be 0 to invocations, got: " + cold + " of " + invocations);
        }
    }
}
