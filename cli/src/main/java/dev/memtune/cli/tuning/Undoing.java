// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.core.wire.Promotion;
import java.util.List;
import java.util.Objects;

/**
 * What became of a rollback.
 *
 * @param promotion where the target is now
 * @param cleanUp what became of the lease that was held for it
 */
public record Undoing(Promotion promotion, List<CleanerOutput> cleanUp) {
    /** Copies the list. */
    public Undoing {
        Objects.requireNonNull(promotion, "promotion");
        cleanUp = List.copyOf(cleanUp);
    }
}
