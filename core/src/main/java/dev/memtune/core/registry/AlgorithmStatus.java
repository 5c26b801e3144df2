// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.Set;

/** How far an algorithm has come. */
public enum AlgorithmStatus {
    /** The zip was checked and is to be deployed. */
    UPLOADED,
    /** The function is deployed and is to be tuned. */
    READY,
    /** An execution of the state machine holds it. */
    TUNING,
    /** The {@code prod} alias runs it at the best memory size. */
    PROMOTED,
    /** It was tuned, and {@code prod} was not to be moved. */
    KEPT,
    /** Something is wrong with the algorithm, and the item says what; {@code prod} is where it was. */
    REJECTED,
    /** Something went wrong with Memtune or its surroundings; {@code prod} is where it was. Another attempt may succeed. */
    FAILED;

    /** Whether nothing more happens by itself. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /** Whether this upload may come to that status next. A new upload or attempt begins with {@link #UPLOADED} at any time. */
    public boolean leadsTo(AlgorithmStatus other) {
        return next().contains(other);
    }

    private Set<AlgorithmStatus> next() {
        return switch (this) {
            case UPLOADED -> Set.of(READY, REJECTED, FAILED);
            // The end may be told before the beginning was written down.
            case READY -> Set.of(TUNING, PROMOTED, KEPT, REJECTED, FAILED);
            case TUNING -> Set.of(PROMOTED, KEPT, REJECTED, FAILED);
            case PROMOTED, KEPT, REJECTED, FAILED -> Set.of();
        };
    }
}
