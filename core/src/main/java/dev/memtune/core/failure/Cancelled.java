// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** Somebody asked the run to stop; nothing was decided. */
public final class Cancelled extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what, why and what to do */
    public Cancelled(String message) {
        super(message);
    }
}
