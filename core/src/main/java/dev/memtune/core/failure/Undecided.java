// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** A check could not settle its question within its budget. */
public final class Undecided extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what, why and what to do */
    public Undecided(String message) {
        super(message);
    }
}
