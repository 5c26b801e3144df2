// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.sample;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of an arm. Exactly the {@link Outcome#MEASURED} ones enter the statistics; all are counted and, as far as
 * they were billed, paid for.
 *
 * @param armId the arm it was counted under
 * @param round the round of the search, from 1
 * @param index the position in the arm's sequence of payloads, from 0; unique per arm
 * @param payloadName the payload's name, such as the test file's
 * @param outcome what became of it
 * @param requestId AWS's request id; empty if the call got no answer
 * @param durationMs the handler's duration; null without a report
 * @param billedMs the billed duration as reported, init included; null without a report, never 0 for unknown
 * @param memoryMB the memory size that the report names; null without a report
 * @param maxMemoryMB the environment's peak so far; null without a report
 * @param initMs the init duration; null for a warm start
 * @param restoreMs SnapStart's restore duration; null without a restore
 * @param errorType the function's error type, such as {@code Sandbox.Timedout}; null if there was none
 * @param message why it was not measured, shortened; null if it was
 * @param reportFromLogs whether the report did not come with the answer, but was asked of the logs afterwards
 * @param initRepeated whether init ran within the invocation, so that the duration hides it
 */
public record Sample(
        String armId,
        int round,
        int index,
        String payloadName,
        Outcome outcome,
        String requestId,
        @Nullable Double durationMs,
        @Nullable Long billedMs,
        @Nullable Integer memoryMB,
        @Nullable Integer maxMemoryMB,
        @Nullable Double initMs,
        @Nullable Double restoreMs,
        @Nullable String errorType,
        @Nullable String message,
        boolean reportFromLogs,
        boolean initRepeated) {

    /** What became of an invocation. */
    public enum Outcome {
        /** It succeeded, ran what it should, and its report was read. */
        MEASURED,
        /** The function reported an error, timed out or ran out of memory. */
        FAILED,
        /** It succeeded, but there is no report to read. */
        UNPARSED,
        /** Another version or memory size ran than the one measured. */
        DISCARDED,
        /** No answer came; it may have run and been billed. */
        UNANSWERED
    }

    /** @throws IllegalArgumentException if a measured sample lacks its duration, billed duration or memory size */
    public Sample {
        Objects.requireNonNull(armId, "armId");
        Objects.requireNonNull(outcome, "outcome");
        if (outcome == Outcome.MEASURED && (durationMs == null || billedMs == null || memoryMB == null)) {
            throw new IllegalArgumentException("a measured sample needs durationMs, billedMs and memoryMB, got: "
                    + durationMs + ", " + billedMs + ", " + memoryMB);
        }
    }

    /** A sample whose report, if it has one, came with the answer and hides no init. */
    public Sample(
            String armId,
            int round,
            int index,
            String payloadName,
            Outcome outcome,
            String requestId,
            @Nullable Double durationMs,
            @Nullable Long billedMs,
            @Nullable Integer memoryMB,
            @Nullable Integer maxMemoryMB,
            @Nullable Double initMs,
            @Nullable Double restoreMs,
            @Nullable String errorType,
            @Nullable String message) {
        this(
                armId,
                round,
                index,
                payloadName,
                outcome,
                requestId,
                durationMs,
                billedMs,
                memoryMB,
                maxMemoryMB,
                initMs,
                restoreMs,
                errorType,
                message,
                false,
                false);
    }

    /** What the caller waited for: the handler and the start before it, in milliseconds; null without a report. */
    public @Nullable Double durationWithStartMs() {
        if (durationMs == null) {
            return null;
        }
        return durationMs + (initMs == null ? 0 : initMs) + (restoreMs == null ? 0 : restoreMs);
    }

    /** Whether the environment was started for this invocation. */
    public boolean isCold() {
        return initMs != null || restoreMs != null || initRepeated;
    }
}
