// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

/**
 * One invocation that succeeded and whose report was read.
 *
 * @param billedMs the billed duration, at least 0
 * @param durationMs the handler's duration, at least 0
 * @param isCold whether the environment was started for it
 * @param round the round it was bought in, from 1; {@link #FOUND} if it was not bought, but found in logs
 * @param payload which of the payloads it was given, as a number
 * @param place in the order of its arm's invocations
 */
public record Measurement(double billedMs, double durationMs, boolean isCold, int round, int payload, int place) {
    /** The round of what was found in logs: before the first. */
    public static final int FOUND = 0;

    /** @throws IllegalArgumentException if a duration is negative or not finite */
    public Measurement {
        if (!(billedMs >= 0) || !(durationMs >= 0) || Double.isInfinite(billedMs) || Double.isInfinite(durationMs)) {
            throw new IllegalArgumentException(
                    "billedMs and durationMs must be finite and at least 0, got: " + billedMs + ", " + durationMs);
        }
    }

    /** A measurement whose place is not known. */
    public Measurement(double billedMs, double durationMs, boolean isCold, int round, int payload) {
        this(billedMs, durationMs, isCold, round, payload, 0);
    }

    /** A measurement of a function that has one payload. */
    public Measurement(double billedMs, double durationMs, boolean isCold, int round) {
        this(billedMs, durationMs, isCold, round, 0);
    }

    /** Whether this run paid for it. */
    public boolean isBought() {
        return round != FOUND;
    }
}
