// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import org.jspecify.annotations.Nullable;

/** A task that failed, with the error name that Retry and Catch see. */
public final class TaskFailure extends Exception {
    private final String error;
    private final @Nullable String errorCause;

    /**
     * @param error a Lambda function's {@code errorType} or a service's error name, such as {@code
     *     Lambda.TooManyRequestsException}
     * @param errorCause what Catch passes on, for a Lambda function its error document as JSON text; null for none
     */
    public TaskFailure(String error, @Nullable String errorCause) {
        super(errorCause == null ? error : error + ": " + errorCause);
        this.error = error;
        this.errorCause = errorCause;
    }

    /** The error name. */
    public String error() {
        return error;
    }

    /** The cause; null for none. */
    public @Nullable String errorCause() {
        return errorCause;
    }
}
