// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the last tuning that ended said.
 *
 * @param executionId the execution, an ARN on AWS
 * @param runId finds samples and report in the run store
 * @param memoryMB the best memory size in MB; null if there was no result
 * @param sentence the result or the cause in words
 * @param version the version that {@code prod} runs since then; null if it was not moved
 * @param previousVersion the version that {@code prod} ran before, kept for a rollback; null if it was not moved or was new
 */
public record TuningSummary(
        String executionId,
        String runId,
        @Nullable Integer memoryMB,
        String sentence,
        @Nullable String version,
        @Nullable String previousVersion) {
    /** Checks what must be there. */
    public TuningSummary {
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(sentence, "sentence");
    }
}
