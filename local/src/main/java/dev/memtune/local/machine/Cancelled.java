// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

/** Unwinds a thread whose work is no longer wanted. Never seen outside. */
final class Cancelled extends RuntimeException {
    Cancelled() {
        super("cancelled", null, false, false);
    }
}
