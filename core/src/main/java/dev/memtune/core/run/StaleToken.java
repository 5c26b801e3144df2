// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

/** A write of somebody whose run was taken over: its Clean has begun. Whoever gets this changes nothing any more. */
public final class StaleToken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message the run and the two tokens */
    public StaleToken(String message) {
        super(message);
    }
}
