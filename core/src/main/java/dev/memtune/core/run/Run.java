// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.wire.TuningInput;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record that is written before a run changes anything.
 *
 * @param runId short, derived from the execution's id, part of our alias names
 * @param executionId the execution that this run belongs to
 * @param function how the function is called: a name or an unqualified ARN
 * @param before {@code $LATEST} as it was
 * @param highestVersion the highest version number that existed; anything up to it is foreign; 0 if there was none
 * @param promoteAlias the alias to promote as it was; null if none was asked for or it did not exist
 * @param input the checked input
 * @param concurrency the most invocations at once over all arms, at least 1
 * @param startedAt when the run began
 * @param expiresAt when its lease ends
 * @param notes what its user should know of the function
 */
public record Run(
        String runId,
        String executionId,
        String function,
        FunctionConfiguration before,
        int highestVersion,
        @Nullable AliasConfiguration promoteAlias,
        TuningInput input,
        int concurrency,
        Instant startedAt,
        Instant expiresAt,
        RunNotes notes) {
    /** Checks that what must be there is there. */
    public Run {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(input, "input");
        notes = RunNotes.orNone(notes);
    }

    /** A run of which there is nothing to note. */
    public Run(
            String runId,
            String executionId,
            String function,
            FunctionConfiguration before,
            int highestVersion,
            @Nullable AliasConfiguration promoteAlias,
            TuningInput input,
            int concurrency,
            Instant startedAt,
            Instant expiresAt) {
        this(
                runId,
                executionId,
                function,
                before,
                highestVersion,
                promoteAlias,
                input,
                concurrency,
                startedAt,
                expiresAt,
                RunNotes.NONE);
    }
}
