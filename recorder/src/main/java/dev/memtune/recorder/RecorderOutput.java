// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.RunResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the execution ends.
 *
 * @param success whether it ends SUCCEEDED
 * @param outcome the same in full
 * @param exitCode of a command that started it
 * @param runId the run
 * @param error the name of the failure, at most {@value #MAX_ERROR} characters; null on success
 * @param cause what failed and what to do, at most {@value #MAX_CAUSE} characters; null on success
 * @param output the result; null without one, which on success means a dry run
 */
public record RecorderOutput(
        boolean success,
        Outcome outcome,
        int exitCode,
        String runId,
        @Nullable String error,
        @Nullable String cause,
        @JsonInclude @Nullable RunResult output) {
    /** The bound of a Fail state: <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html">error</a>. */
    public static final int MAX_ERROR = 256;
    /** The bound of a Fail state for the cause; same page. */
    public static final int MAX_CAUSE = 32_768;

    /** @throws IllegalArgumentException if it claims failure without error and cause */
    public RecorderOutput {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(runId, "runId");
        if (!success && (error == null || cause == null)) {
            throw new IllegalArgumentException("failure needs error and cause, got: " + error + ", " + cause);
        }
    }
}
