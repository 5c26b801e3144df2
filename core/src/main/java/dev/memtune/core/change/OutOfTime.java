// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

/** The step's own time is used up; whatever it was waiting for has not come about. */
public final class OutOfTime extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was waited for */
    public OutOfTime(String message) {
        super(message);
    }
}
