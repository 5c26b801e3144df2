// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import dev.memtune.core.function.FunctionConfiguration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an alias, or {@code $LATEST}'s memory size, was before Memtune moved it: what a later rollback goes by. Kept until
 * the next move; it does not expire with the run.
 *
 * @param functionArn the unqualified ARN; the name where an endpoint tells no ARN
 * @param target the alias, or {@code $LATEST} if its memory size was written
 * @param runId the run that moved it
 * @param from where it was; null if the alias did not exist
 * @param to where it was moved
 * @param movedAt when
 */
public record Rollback(
        String functionArn,
        String target,
        String runId,
        @Nullable Place from,
        Place to,
        Instant movedAt) {
    /**
     * One end of the move.
     *
     * @param version the version, or {@code $LATEST}
     * @param memoryMB its memory size
     * @param marker the description by which it is known as published by Memtune; null if somebody else published it
     */
    public record Place(
            String version, int memoryMB, @Nullable String marker) {
        /** Checks what must be there. */
        public Place {
            Objects.requireNonNull(version, "version");
        }
    }

    /** Checks what must be there. */
    public Rollback {
        Objects.requireNonNull(functionArn, "functionArn");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(movedAt, "movedAt");
    }

    /** By what the function is kept: the same however it is called. */
    public static String keyOf(FunctionConfiguration function) {
        return function.functionArn().isEmpty() ? function.functionName() : function.functionArn();
    }

    /** Whether the memory size of {@code $LATEST} was written rather than an alias moved. */
    public boolean isOfLatest() {
        return target.equals(FunctionConfiguration.LATEST);
    }
}
