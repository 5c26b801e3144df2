// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** The function is of a kind, or in a state, that cannot be tuned; the message says why and what would help. */
public final class NotTunable extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what, why and what to do */
    public NotTunable(String message) {
        super(message);
    }
}
