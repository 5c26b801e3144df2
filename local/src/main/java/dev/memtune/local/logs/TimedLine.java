// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.logs;

import java.time.Instant;
import java.util.Objects;

/**
 * A line to be kept.
 *
 * @param at when it was written
 * @param message the line without its newline
 */
public record TimedLine(Instant at, String message) {
    /** Checks that nothing is null. */
    public TimedLine {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(message, "message");
    }
}
