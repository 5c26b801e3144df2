// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** Somebody else changed the function or the alias while the run was going on; their change stands. */
public final class Conflicted extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what, why and what to do */
    public Conflicted(String message) {
        super(message);
    }
}
