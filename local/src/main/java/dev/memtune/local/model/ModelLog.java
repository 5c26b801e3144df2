// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memtune.local.process.ComputedLog;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.RunnableVersion;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a modelled invocation answers and logs.
 *
 * @param cold whether init is part of it
 * @param clock for the times in JSON logs
 */
record ModelLog(RunnableVersion version, String requestId, Curve curve, boolean cold, InstantSource clock) {
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
        return new InvocationResult(payload, Optional.empty(), lines(ComputedLog.success(ms, initMs(), usedMB())));
    }

    InvocationResult failed(double ms, Failure failure) {
        return switch (failure) {
            case Failure.OutOfMemory f ->
                failed(
                        "Runtime.ExitError",
                        "RequestId: " + requestId + " Error: Runtime exited with error: signal: killed",
                        error("Runtime.OutOfMemory", ms));
            case Failure.Timeout f ->
                failed(
                        "Sandbox.Timedout",
                        String.format(
                                Locale.ROOT,
                                "RequestId: %s Error: Task timed out after %.2f seconds",
                                requestId,
                                version.timeout().toMillis() / 1000.0),
                        new ComputedLog(ms, initMs(), usedMB(), Optional.of("timeout"), Optional.empty()));
            case Failure.Reported f -> failed(f.type(), "The model fails as asked", error(f.type(), ms));
        };
    }

    private ComputedLog error(String type, double ms) {
        return new ComputedLog(ms, initMs(), usedMB(), Optional.of("error"), Optional.of(type));
    }

    private InvocationResult failed(String type, String message, ComputedLog log) {
        String document = MAPPER.createObjectNode()
                .put("errorType", type)
                .put("errorMessage", message)
                .toString();
        return new InvocationResult(document.getBytes(StandardCharsets.UTF_8), Optional.of("Unhandled"), lines(log));
    }

    private OptionalDouble initMs() {
        return cold ? OptionalDouble.of(curve.initMs()) : OptionalDouble.empty();
    }

    private int usedMB() {
        return Math.min(curve.usedMB(), version.memoryMB());
    }

    private byte[] lines(ComputedLog log) {
        return log.lines(version, requestId, clock);
    }
}
