// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.RunnableVersion;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What a modelled invocation answers and logs: Lambda's platform lines, and billed time that includes init, rounded up to
 * whole milliseconds.
 *
 * @param cold whether init is part of it
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-logging.html">the REPORT line</a>
 */
record ModelLog(RunnableVersion version, String requestId, Curve curve, boolean cold) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** How an invocation fails. */
    sealed interface Failure {
        Failure OUT_OF_MEMORY = new OutOfMemory();
        Failure TIMEOUT = new Timeout();

        /** The process was killed at its memory limit. */
        record OutOfMemory() implements Failure {}

        /** The time was over. */
        record Timeout() implements Failure {}

        /**
         * The handler threw.
         *
         * @param type the error type
         */
        record Reported(String type) implements Failure {}
    }

    InvocationResult answered(double ms, byte[] payload) {
        return new InvocationResult(payload, Optional.empty(), lines(ms, ""));
    }

    InvocationResult failed(double ms, Failure failure) {
        return switch (failure) {
            case Failure.OutOfMemory f ->
                failed(
                        ms,
                        "Runtime.ExitError",
                        "RequestId: " + requestId + " Error: Runtime exited with error: signal: killed",
                        "\tStatus: error\tError Type: Runtime.OutOfMemory");
            case Failure.Timeout f ->
                failed(
                        ms,
                        "Sandbox.Timedout",
                        String.format(
                                Locale.ROOT,
                                "RequestId: %s Error: Task timed out after %.2f seconds",
                                requestId,
                                version.timeout().toMillis() / 1000.0),
                        "\tStatus: timeout");
            case Failure.Reported f ->
                failed(ms, f.type(), "The model fails as asked", "\tStatus: error\tError Type: " + f.type());
        };
    }

    private InvocationResult failed(double ms, String type, String message, String status) {
        String document = MAPPER.createObjectNode()
                .put("errorType", type)
                .put("errorMessage", message)
                .toString();
        return new InvocationResult(
                document.getBytes(StandardCharsets.UTF_8), Optional.of("Unhandled"), lines(ms, status));
    }

    private byte[] lines(double ms, String status) {
        double initMs = cold ? curve.initMs() : 0;
        String init = cold ? String.format(Locale.ROOT, "\tInit Duration: %.2f ms", initMs) : "";
        String report = String.format(
                Locale.ROOT,
                "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB%s%s\t\n",
                requestId,
                ms,
                (long) Math.ceil(ms + initMs),
                version.memoryMB(),
                Math.min(curve.usedMB(), version.memoryMB()),
                init,
                status);
        String log = "START RequestId: " + requestId + " Version: " + version.version() + "\nEND RequestId: "
                + requestId + "\n" + report;
        return log.getBytes(StandardCharsets.UTF_8);
    }
}
