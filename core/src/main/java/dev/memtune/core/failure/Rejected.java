// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** The function itself does not pass: it fails, times out or runs out of memory at every size. */
public final class Rejected extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message what, why and what to do */
    public Rejected(String message) {
        super(message);
    }
}
