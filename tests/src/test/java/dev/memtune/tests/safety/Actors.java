// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

/** Others who do something in a gap between two calls. */
@FunctionalInterface
interface Actors {
    /** Does what the fault says. */
    void act(Fault fault);
}
