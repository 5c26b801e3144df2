// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/** Takes what a log says, one invocation after the other, in the order in which they first appear. */
@FunctionalInterface
public interface LogListener {

    /** Takes the report of an invocation. */
    void report(InvocationReport report);

    /** Takes the report of an init or a restore, which names no invocation. */
    default void phase(PhaseReport report) {}
}
