// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import org.jspecify.annotations.Nullable;

/**
 * A state that failed: the error name that Retry and Catch match on, and the cause that they pass on. Carries no stack
 * trace, because it is an outcome of the interpreted machine and not a fault of this program.
 */
public final class StateFailure extends RuntimeException {
    /** A fault of the definition or its data; never retried nor caught. */
    public static final String RUNTIME = "States.Runtime";
    /** A task ran longer than its TimeoutSeconds. */
    public static final String TIMEOUT = "States.Timeout";
    /** A task that failed without a name of its own; as a matcher, every error but {@link #TIMEOUT}. */
    public static final String TASK_FAILED = "States.TaskFailed";
    /** A payload above {@link Json#MAX_PAYLOAD_BYTES}; matched only when it is named. */
    public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    /** A result that cannot be put where ResultPath says. */
    public static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";
    /** An intrinsic function that rejects its arguments. */
    public static final String INTRINSIC_FAILURE = "States.IntrinsicFailure";
    /** A Choice without a matching rule and without a Default. */
    public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";

    private final String error;
    private final @Nullable String cause;

    /**
     * A failure.
     *
     * @param cause null when there is nothing to say, as after a time-out
     */
    public StateFailure(String error, @Nullable String cause) {
        super(cause == null ? error : error + ": " + cause, null, false, false);
        this.error = error;
        this.cause = cause;
    }

    /** A failure of the kind {@link #RUNTIME}. */
    public static StateFailure runtime(String cause) {
        return new StateFailure(RUNTIME, cause);
    }

    /** The error name, as in ErrorEquals. */
    public String error() {
        return error;
    }

    /** What is known of the reason, null when nothing is. */
    public @Nullable String causeText() {
        return cause;
    }
}
