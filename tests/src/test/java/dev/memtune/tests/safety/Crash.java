// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

/** The process of a step dies here: an error, so that no catch of the step's brings it back to life. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super(where, null, false, false);
    }
}
