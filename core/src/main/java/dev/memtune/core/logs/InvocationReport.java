// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the platform reports of one invocation. Values are read from the log, never computed; null means that the report
 * does not state the value.
 *
 * <p>The billed duration contains the init of a cold start (<a
 * href="https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/">since 1 August 2025</a>) and
 * the billed part of a restore: adding them again would count them twice. Where an old time-out is billed below its
 * duration, that is what was billed.
 *
 * @param requestId the invocation's id, as Invoke returned it
 * @param durationMs handler time until the last extension was done, in milliseconds, without init and restore
 * @param billedMs what is billed, in whole milliseconds
 * @param memoryMB the configured memory size
 * @param maxMemoryMB the most memory in use by this environment over all invocations it has served so far
 * @param initMs the init of a cold start
 * @param restoreMs the restore of a SnapStart snapshot
 * @param billedRestoreMs the part of the restore that is billed, already within {@code billedMs}
 * @param status how the invocation ended; success where neither the report nor a line beside it says otherwise
 * @param statusStated whether the report itself states the status, as every JSON report does, and a text report on failure
 * @param errorType the platform's error type, such as {@code Runtime.ExitError}, its first 256 characters
 * @param outOfMemory whether the log says or strongly suggests that the environment ran out of memory
 * @param initRepeated whether init ran (again) within the invocation, so that the duration hides it
 */
public record InvocationReport(
        String requestId,
        double durationMs,
        long billedMs,
        int memoryMB,
        @Nullable Integer maxMemoryMB,
        @Nullable Double initMs,
        @Nullable Double restoreMs,
        @Nullable Long billedRestoreMs,
        ReportStatus status,
        boolean statusStated,
        @Nullable String errorType,
        boolean outOfMemory,
        boolean initRepeated) {

    /**
     * @throws NullPointerException if request id or status is null
     * @throws IllegalArgumentException if a duration is negative or not finite, or the memory size is not positive
     */
    public InvocationReport {
        requireNonNull(requestId, "requestId");
        requireNonNull(status, "status");
        requireTime("durationMs", durationMs);
        requireTime("billedMs", (double) billedMs);
        requireTime("initMs", initMs == null ? 0 : initMs);
        requireTime("restoreMs", restoreMs == null ? 0 : restoreMs);
        requireTime("billedRestoreMs", billedRestoreMs == null ? 0 : billedRestoreMs.doubleValue());
        if (memoryMB <= 0) {
            throw new IllegalArgumentException("memoryMB must be positive, got: " + memoryMB);
        }
        if (maxMemoryMB != null && maxMemoryMB < 0) {
            throw new IllegalArgumentException("maxMemoryMB must not be negative, got: " + maxMemoryMB);
        }
    }

    private static void requireTime(String name, double ms) {
        if (!(ms >= 0) || Double.isInfinite(ms)) {
            throw new IllegalArgumentException(name + " must be a finite time of at least 0 ms, got: " + ms);
        }
    }

    /** Returns whether the environment was started for this invocation. */
    public StartMode startMode() {
        return initMs != null || restoreMs != null || initRepeated ? StartMode.COLD : StartMode.WARM;
    }

    /** Returns whether the invocation ended otherwise than in success. */
    public boolean isFailed() {
        return status != ReportStatus.SUCCESS;
    }

    /** Returns this report with what a line beside it tells; a status that the report itself states stands. */
    InvocationReport with(FailureSign sign) {
        ReportStatus told = isFailed() ? status : sign.status();
        String type = errorType == null ? sign.errorType() : errorType;
        boolean killed = outOfMemory || sign == FailureSign.KILLED;
        return new InvocationReport(
                requestId,
                durationMs,
                billedMs,
                memoryMB,
                maxMemoryMB,
                initMs,
                restoreMs,
                billedRestoreMs,
                told,
                statusStated && told == status,
                type,
                killed,
                initRepeated);
    }

    /** Returns this report, marked as one whose duration hides an init. */
    InvocationReport withInitRepeated() {
        return new InvocationReport(
                requestId,
                durationMs,
                billedMs,
                memoryMB,
                maxMemoryMB,
                initMs,
                restoreMs,
                billedRestoreMs,
                status,
                statusStated,
                errorType,
                outOfMemory,
                true);
    }
}
