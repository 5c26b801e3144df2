// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.logs;

/**
 * How much is kept.
 *
 * @param segmentBytes the size at which a group's next file is begun
 * @param segments how many files are kept of a group, the oldest go first
 * @param groups how many groups are kept, the one used least recently goes first
 */
public record LogLimits(long segmentBytes, int segments, int groups) {
    /** Up to 16 MiB of each of 1,000 groups. */
    public static final LogLimits DEFAULTS = new LogLimits(2L * 1024 * 1024, 8, 1_000);

    /** @throws IllegalArgumentException if a limit is not positive, or there is no file left when one is begun */
    public LogLimits {
        if (segmentBytes < 1 || segments < 2 || groups < 1) {
            throw new IllegalArgumentException("segmentBytes and groups must be at least 1, segments at least 2, got: "
                    + segmentBytes + ", " + groups + ", " + segments);
        }
    }
}
