// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.time.Instant;
import java.util.Objects;

/**
 * A line of an item's history.
 *
 * @param at when
 * @param status the status from then on
 * @param versionId which upload
 * @param attempt which attempt at it, from 1
 * @param note what there was to say, one line; may be empty
 */
public record StatusChange(Instant at, AlgorithmStatus status, String versionId, int attempt, String note) {
    /** Checks that nothing is null. */
    public StatusChange {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(versionId, "versionId");
        Objects.requireNonNull(note, "note");
    }
}
