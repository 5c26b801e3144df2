// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The figures of one REPORT line. Format and billing rule as observed on AWS since August 2025, when the init phase became
 * billed: <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-logging.html">java-logging</a>.
 *
 * @param requestId the invocation's id
 * @param durationMs time in the handler, milliseconds, 0 or more
 * @param initMs time of the init phase in milliseconds if this invocation was cold
 * @param memoryMB the function's memory size
 * @param maxMemoryUsedMB peak of the environment so far, over all invocations it served
 * @param restoreMs time of restoring the snapshot in milliseconds if this invocation had to
 * @param failure the status and error type if the invocation did not succeed
 */
record Report(
        String requestId,
        double durationMs,
        OptionalDouble initMs,
        int memoryMB,
        int maxMemoryUsedMB,
        OptionalDouble restoreMs,
        Optional<Failure> failure) {

    /** How an invocation failed: {@code status} is {@code error} or {@code timeout}; a time-out has no error type. */
    record Failure(String status, Optional<String> errorType) {
        static final Failure TIMEOUT = new Failure("timeout", Optional.empty());

        static Failure error(String errorType) {
            return new Failure("error", Optional.of(errorType));
        }

        String fields() {
            return "Status: " + status
                    + errorType.map(type -> "\tError Type: " + type).orElse("");
        }
    }

    /** @throws IllegalArgumentException if a time is negative or not finite */
    Report {
        Objects.requireNonNull(requestId, "requestId");
        requireTime("durationMs", durationMs);
        requireTime("initMs", initMs.orElse(0));
        requireTime("restoreMs", restoreMs.orElse(0));
    }

    /** A report of an invocation that restored no snapshot. */
    Report(
            String requestId,
            double durationMs,
            OptionalDouble initMs,
            int memoryMB,
            int maxMemoryUsedMB,
            Optional<Failure> failure) {
        this(requestId, durationMs, initMs, memoryMB, maxMemoryUsedMB, OptionalDouble.empty(), failure);
    }

    /** Milliseconds billed: the handler's time, and that of a cold start's init or restoring, rounded up together. */
    long billedMs() {
        return (long) Math.ceil(hundredths(durationMs) / 100.0 + hundredths(initMs.orElse(0)) / 100.0)
                + (restoreMs.isPresent() ? billedRestoreMs() : 0);
    }

    /** Milliseconds of restoring that are billed. AWS bills a part of it, which part it does not say: here it is all of it. */
    long billedRestoreMs() {
        return (long) Math.ceil(hundredths(restoreMs.orElse(0)) / 100.0);
    }

    /** The line in AWS's text format: fields separated by tabs, a trailing tab where AWS has one, a newline. */
    String text() {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t",
                requestId,
                hundredths(durationMs) / 100.0,
                billedMs(),
                memoryMB,
                maxMemoryUsedMB));
        initMs.ifPresent(
                ms -> line.append(String.format(Locale.ROOT, "Init Duration: %.2f ms\t", hundredths(ms) / 100.0)));
        restoreMs.ifPresent(ms -> line.append(String.format(
                Locale.ROOT,
                "Restore Duration: %.2f ms\tBilled Restore Duration: %d ms\t",
                hundredths(ms) / 100.0,
                billedRestoreMs())));
        failure.ifPresent(value -> line.append(value.fields()));
        return line.append('\n').toString();
    }

    /** The line of an init phase that did not succeed; {@code phase} is {@code init} or {@code invoke}. */
    static String failedInit(double initMs, String phase, Failure failure) {
        return String.format(
                Locale.ROOT, "INIT_REPORT Init Duration: %.2f ms\tPhase: %s\t%s\n", initMs, phase, failure.fields());
    }

    // Billing rounds what the line shows, so that the line's own figures add up.
    private static long hundredths(double ms) {
        return Math.round(ms * 100);
    }

    private static void requireTime(String field, double ms) {
        if (!Double.isFinite(ms) || ms < 0) {
            throw new IllegalArgumentException(field + " must be 0 or more, got: " + ms);
        }
    }
}
