// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** As many tunings run as may at once, and this one was told to wait its turn. It holds nothing until it comes back. */
public final class Full extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what it waits for */
    public Full(String message) {
        super(message);
    }
}
