// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.Saving;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the last tuning that ended said.
 *
 * @param executionId the execution, an ARN on AWS
 * @param runId finds samples and report in the run store
 * @param memoryMB the best memory size in MB; null if there was no result
 * @param sentence the result or the cause in words, a line for each thing to say
 * @param saving of the best size against the present one; null if that was not measured
 * @param confidence how sure the answer is; null if there was no result
 * @param report where people look at the result, a link or a file; null if only the run store has it
 * @param version the version that {@code prod} runs since then; null if it was not moved
 * @param previousVersion the version that {@code prod} ran before, kept for a rollback; null if it was not moved or was new
 */
public record TuningSummary(
        String executionId,
        String runId,
        @Nullable Integer memoryMB,
        String sentence,
        @Nullable Saving saving,
        @Nullable ConfidenceNote confidence,
        @Nullable String report,
        @Nullable String version,
        @Nullable String previousVersion) {
    /** Checks what must be there. */
    public TuningSummary {
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(sentence, "sentence");
    }

    /** The same after the alias was moved by hand, from the other version to this one. */
    TuningSummary serving(String now, String before) {
        return new TuningSummary(executionId, runId, memoryMB, sentence, saving, confidence, report, now, before);
    }
}
