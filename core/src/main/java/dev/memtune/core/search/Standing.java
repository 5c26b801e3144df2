// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.wire.Verdict;
import java.util.Objects;

/**
 * How one arm stands to the best, in what the strategy counts.
 *
 * @param armId the arm
 * @param memoryMB its memory size
 * @param verdict in a word
 * @param difference how much worse than the best, as a share: 0.12 is 12 % dearer (slower); negative if it looks better,
 *     within the tolerance
 */
public record Standing(String armId, int memoryMB, Verdict verdict, double difference) {
    /** Checks that nothing is null. */
    public Standing {
        Objects.requireNonNull(armId, "armId");
        Objects.requireNonNull(verdict, "verdict");
    }
}
