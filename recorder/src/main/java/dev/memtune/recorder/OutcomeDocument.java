// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.run.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run's document {@link #NAME}: how it ended.
 *
 * @param executionId the execution
 * @param outcome how it ended
 * @param exitCode of a command that started it
 * @param error the name of the failure; null on success
 * @param cause what failed; null on success
 * @param finishedAt when
 */
public record OutcomeDocument(
        String executionId,
        Outcome outcome,
        int exitCode,
        @Nullable String error,
        @Nullable String cause,
        Instant finishedAt) {
    /** The document's name. */
    public static final String NAME = "outcome";
}
