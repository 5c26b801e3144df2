// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

/**
 * One invocation that succeeded and whose report was read.
 *
 * @param billedMs the billed duration, at least 0
 * @param durationMs the handler's duration, at least 0
 * @param isCold whether the environment was started for it
 * @param round the round it was bought in, from 1
 */
public record Measurement(double billedMs, double durationMs, boolean isCold, int round) {
    /** @throws IllegalArgumentException if a duration is negative or not finite */
    public Measurement {
        if (!(billedMs >= 0) || !(durationMs >= 0) || Double.isInfinite(billedMs) || Double.isInfinite(durationMs)) {
            throw new IllegalArgumentException(
                    "billedMs and durationMs must be finite and at least 0, got: " + billedMs + ", " + durationMs);
        }
    }
}
