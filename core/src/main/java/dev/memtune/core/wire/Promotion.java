// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of the user's alias.
 *
 * @param status what was done
 * @param alias the alias; null if none was asked for
 * @param fromVersion the version it pointed to; null if it did not exist or was not looked at
 * @param toVersion the version it points to now; null if it does not exist or was not looked at
 * @param fromMemoryMB the memory size of {@code fromVersion}
 * @param toMemoryMB the memory size of {@code toVersion}
 * @param reason why, in a sentence
 */
public record Promotion(
        Status status,
        @Nullable String alias,
        @Nullable String fromVersion,
        @Nullable String toVersion,
        @Nullable Integer fromMemoryMB,
        @Nullable Integer toMemoryMB,
        String reason) {
    /** What was done with the alias. */
    public enum Status {
        /** It was moved or created. */
        PROMOTED,
        /** It already serves the best size with the same code and settings. */
        KEPT,
        /** It was not asked for. */
        SKIPPED
    }

    /** Checks what must be there. */
    public Promotion {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
    }
}
