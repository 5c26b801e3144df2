// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.Objects;
import java.util.Optional;

/**
 * A change of an item, as the registry's stream tells it: at least once, and for one item in order, unless it is delivered
 * again.
 *
 * @param before the state before; empty if there was none
 * @param after the state after; empty if the item was removed
 */
public record ItemChange(Optional<AlgorithmItem> before, Optional<AlgorithmItem> after) {
    /** Checks that nothing is null and that there is something to tell. */
    public ItemChange {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change must have a state before or after it");
        }
    }

    /** The state after, if this change brought the item to the status: not if it was there before, in the same attempt. */
    public Optional<AlgorithmItem> arrivedAt(AlgorithmStatus status) {
        return after.filter(item -> item.status() == status)
                .filter(item -> before.filter(earlier -> earlier.status() == status && isSameAttempt(earlier, item))
                        .isEmpty());
    }

    private static boolean isSameAttempt(AlgorithmItem one, AlgorithmItem other) {
        return one.attempt() == other.attempt() && one.upload().equals(other.upload());
    }
}
