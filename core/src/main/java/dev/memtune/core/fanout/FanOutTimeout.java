// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.fanout;

/** The deadline passed before every call had ended. */
public final class FanOutTimeout extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message how many had ended, of how many */
    public FanOutTimeout(String message) {
        super(message);
    }
}
