// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lambda's account of how an invocation, or the init before it, ended. */
record Endings(RunnableVersion version, String requestId, InstantSource clock) {
    private static final String OUT_OF_MEMORY = "Runtime.OutOfMemory";

    /**
     * What the caller gets, what the REPORT line and what comes after it say.
     *
     * @param payload the response or the error document
     * @param failure empty for a response
     * @param durationMs from the start to the end, milliseconds
     * @param epilogue what is logged after the REPORT line; empty or whole lines
     */
    record Ending(byte[] payload, Optional<Report.Failure> failure, double durationMs, String epilogue) {
        /** Whether the memory limit ended it. */
        boolean outOfMemory() {
            return failure.flatMap(Report.Failure::errorType).equals(Optional.of(OUT_OF_MEMORY));
        }
    }

    /**
     * How it ended.
     *
     * @param event the last thing heard, null if nothing was until the time was over
     * @param startedNanos when what is timed began
     */
    Ending of(Environment environment, @Nullable RuntimeEvent event, long startedNanos) {
        return switch (event) {
            case null -> timedOut();
            case RuntimeEvent.Responded end ->
                new Ending(end.payload(), Optional.empty(), ms(end.nanos() - startedNanos), "");
            case RuntimeEvent.Failed end -> failed(end.payload(), end.errorType(), end.nanos() - startedNanos);
            case RuntimeEvent.InitFailed end -> failed(end.payload(), end.errorType(), end.nanos() - startedNanos);
            case RuntimeEvent.Exited end -> exited(environment.outOfMemory(), end.status(), end.nanos() - startedNanos);
            case RuntimeEvent.Ready end ->
                throw new IllegalStateException("An environment that is ready has not ended, at " + end.nanos());
        };
    }

    private static Ending failed(byte[] payload, String errorType, long nanos) {
        return new Ending(payload, Optional.of(Report.Failure.error(errorType)), ms(nanos), "");
    }

    private Ending timedOut() {
        Duration timeout = version.timeout();
        String line = clock.instant() + " " + requestId + " " + ErrorDocument.timedOutText(timeout) + "\n\n";
        return new Ending(
                ErrorDocument.timedOut(requestId, timeout),
                Optional.of(Report.Failure.TIMEOUT),
                ms(timeout.toNanos()),
                line);
    }

    private Ending exited(boolean outOfMemory, int status, long nanos) {
        String type = outOfMemory ? OUT_OF_MEMORY : "Runtime.ExitError";
        String reason = outOfMemory ? ExitStatus.KILLED : ExitStatus.text(status);
        String message = "RequestId: " + requestId + " Error: " + reason;
        return new Ending(
                ErrorDocument.of(type, message),
                Optional.of(Report.Failure.error(type)),
                ms(nanos),
                message + "\n" + type + "\n");
    }

    /** A duration in milliseconds with its fraction, 0 or more. */
    static double ms(long nanos) {
        return Math.max(0, nanos) / (double) Duration.ofMillis(1).toNanos();
    }
}
