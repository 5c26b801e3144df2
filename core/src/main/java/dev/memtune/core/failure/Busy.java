// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** Another run holds the function's lease; this one made no changing call. Try again when the holder has ended. */
public final class Busy extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what, why and what to do */
    public Busy(String message) {
        super(message);
    }
}
