// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** Another run holds the function's lease, and this one was told to wait its turn. It holds nothing until it comes back. */
public final class Queued extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what it waits for */
    public Queued(String message) {
        super(message);
    }
}
