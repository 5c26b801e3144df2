// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

/** A stack is not as it should be, and no item can tell of it: whoever runs Memtune has to look after it. */
public final class NotProvisioned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message which algorithm, what, why */
    public NotProvisioned(String message) {
        super(message);
    }
}
