// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.memtune.core.stats.TrimmedMean;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How invocations are made, under the names of AWS Lambda Power Tuning.
 *
 * @param payloadS3 where the events are fetched from instead; null if they are in the input
 * @param dryRun whether every size is published and invoked once, and nothing is decided or moved
 * @param onlyColdStarts whether only cold starts count, each on a version of its own
 * @param sleepBetweenRunsMs the pause between two invocations of one size, 0 to {@value #SLEEP_MAX_MS}; none where they overlap
 * @param preProcessor the function whose answer replaces each event; null for none
 * @param postProcessor the function that is given each answer; null for none
 * @param discardTopBottom the share dropped at each end of the figures that are AWS Lambda Power Tuning's own, 0 to 0.4;
 *     null if the input does not say
 */
public record Procedure(
        @Nullable S3Location payloadS3,
        boolean dryRun,
        boolean onlyColdStarts,
        int sleepBetweenRunsMs,
        @JsonProperty("preProcessorARN") @Nullable String preProcessor,
        @JsonProperty("postProcessorARN") @Nullable String postProcessor,
        @Nullable Double discardTopBottom) {
    /** The longest pause: what an executor of AWS Lambda Power Tuning, a function itself, could sleep at most. */
    public static final int SLEEP_MAX_MS = 900_000;

    /** How long a pre- or post-processor may take; longer, and its answer is not waited for. */
    public static final int PROCESSOR_TIMEOUT_SECONDS = 150;

    /** The share that AWS Lambda Power Tuning drops if the input does not say. */
    public static final double USUAL_DISCARD = 0.2;

    /** Plain invocations of the input's own events. */
    public static final Procedure PLAIN = new Procedure(null, false, false, 0, null, null, null);

    /** @throws IllegalArgumentException if a number is out of range */
    public Procedure {
        if (sleepBetweenRunsMs < 0 || sleepBetweenRunsMs > SLEEP_MAX_MS) {
            throw new IllegalArgumentException(
                    "sleepBetweenRunsMs must be 0 to " + SLEEP_MAX_MS + ", got: " + sleepBetweenRunsMs);
        }
        if (discardTopBottom != null && !(discardTopBottom >= 0 && discardTopBottom <= TrimmedMean.MAX_SHARE)) {
            throw new IllegalArgumentException(
                    "discardTopBottom must be 0 to " + TrimmedMean.MAX_SHARE + ", got: " + discardTopBottom);
        }
    }

    /** The procedure, {@link #PLAIN} for the record of a run that an earlier release began. */
    static Procedure orPlain(@Nullable Procedure procedure) {
        return Objects.requireNonNullElse(procedure, PLAIN);
    }

    /** The share that is dropped where a trimmed mean is wanted: none of cold starts, as each was paid for to be seen. */
    public double trimmedShare() {
        if (onlyColdStarts) {
            return 0;
        }
        return discardTopBottom == null ? USUAL_DISCARD : discardTopBottom;
    }
}
