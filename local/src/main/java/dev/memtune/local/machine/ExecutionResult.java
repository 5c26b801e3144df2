// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import org.jspecify.annotations.Nullable;

/** How an execution ended. */
public sealed interface ExecutionResult {
    /**
     * The last state succeeded.
     *
     * @param output one JSON value
     */
    record Succeeded(String output) implements ExecutionResult {}

    /**
     * A state failed and nothing caught it.
     *
     * @param error the error name; empty if a Fail state without one ended the execution
     * @param cause null for none
     */
    record Failed(String error, @Nullable String cause) implements ExecutionResult {}

    /** The machine's TimeoutSeconds passed. */
    record TimedOut() implements ExecutionResult {}

    /**
     * Stopped from outside.
     *
     * @param error as given to {@link Execution#abort}
     * @param cause as given to {@link Execution#abort}
     */
    record Aborted(@Nullable String error, @Nullable String cause) implements ExecutionResult {}
}
