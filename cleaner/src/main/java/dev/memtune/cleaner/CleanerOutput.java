// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Failure;
import dev.memtune.core.wire.Promotion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state that Record gets.
 *
 * @param runId the run
 * @param function the function; null if there never was a record of the run
 * @param clean whether nothing is left to undo
 * @param dirty what is left and how to undo it, one sentence each; empty if nothing is
 * @param decision what was decided; null if nothing was
 * @param promotion what became of the alias; null if it did not come to that
 * @param failure why the run failed; null if it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CleanerOutput(
        String runId,
        @Nullable String function,
        boolean clean,
        List<String> dirty,
        @Nullable Decision decision,
        @Nullable Promotion promotion,
        @Nullable Failure failure) {
    /** Copies the list. */
    public CleanerOutput {
        Objects.requireNonNull(runId, "runId");
        dirty = List.copyOf(dirty);
    }
}
