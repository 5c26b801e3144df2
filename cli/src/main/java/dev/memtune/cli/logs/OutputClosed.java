// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

/** Nobody reads what we write any more, as {@code head} does once it has enough: a reason to stop, and no failure. */
final class OutputClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputClosed() {
        super("nobody reads the output any more", null, false, false);
    }
}
