// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.run.Outcome;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What others are told when a run has ended; the detail of an event. Described by {@code docs/reference/events.md}.
 *
 * @param executionId the execution, an ARN on AWS
 * @param runId finds samples and report in the run store
 * @param function as it was called; null if the run ended before that was known
 * @param outcome how it ended
 * @param exitCode of a command that started it
 * @param sentence the result or the cause in words, at most {@value #MAX_SENTENCE} characters
 * @param memoryMB the best memory size in MB; null if there was no result, or if a check was run
 * @param saving of the best size against the present one; null if that was not measured
 * @param confidence how sure the answer is; null if there was no result, or if a check was run
 * @param promotion what became of the alias; null if no step got as far
 * @param report the link to the chart; null if there is none
 * @param endedAt when it was recorded
 */
public record EndNotice(
        String executionId,
        String runId,
        @Nullable String function,
        Outcome outcome,
        int exitCode,
        String sentence,
        @Nullable Integer memoryMB,
        @Nullable Saving saving,
        @Nullable ConfidenceNote confidence,
        @Nullable Promotion promotion,
        @Nullable String report,
        Instant endedAt) {
    /** The longest sentence: a hundred of them must fit an item of 400 KB, and the run store has the whole text. */
    public static final int MAX_SENTENCE = 2_000;

    /** Checks what must be there. */
    public EndNotice {
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(endedAt, "endedAt");
        if (sentence.length() > MAX_SENTENCE) {
            throw new IllegalArgumentException(
                    "sentence must have at most " + MAX_SENTENCE + " characters, got: " + sentence.length());
        }
    }

    /** The move of the alias; null if it was not moved. */
    public @Nullable Promotion moved() {
        return promotion != null && promotion.status() == Promotion.Status.PROMOTED ? promotion : null;
    }
}
