// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.ReportStatus;
import dev.memtune.core.run.Infeasible.Reason;
import dev.memtune.core.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a function failed, in its own words.
 *
 * @param type the error type; {@link #TIMED_OUT} and {@link #OUT_OF_MEMORY} whatever the runtime calls them
 * @param message the function's message, shortened
 */
record FunctionFailure(String type, String message) {
    /** AWS's type: <a href="https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html">time-outs</a>. */
    static final String TIMED_OUT = "Sandbox.Timedout";
    /** AWS's type in platform events; Invoke itself only says {@code Runtime.ExitError}. */
    static final String OUT_OF_MEMORY = "Runtime.OutOfMemory";

    private static final String UNKNOWN = "Unknown";

    /** Reads an error document and, where there is one, the report beside it. */
    static FunctionFailure read(byte[] payload, @Nullable InvocationReport report) {
        JsonNode document = document(payload);
        String message = document.path("errorMessage").asText("");
        String type = document.path("errorType").asText("");
        if (type.isEmpty()) {
            type = report == null || report.errorType() == null ? UNKNOWN : report.errorType();
        }
        if (isOutOfMemory(type, report)) {
            return new FunctionFailure(OUT_OF_MEMORY, Excerpt.of(message.isEmpty() ? "it ran out of memory" : message));
        }
        if (isTimeOut(type, message, report)) {
            return new FunctionFailure(TIMED_OUT, Excerpt.of(message.isEmpty() ? "it timed out" : message));
        }
        return new FunctionFailure(type, Excerpt.of(message.isEmpty() ? "it gave no message" : message));
    }

    private static JsonNode document(byte[] payload) {
        try {
            return Json.tree(payload);
        } catch (IllegalArgumentException e) {
            // A custom runtime may answer anything; then there is nothing to quote.
            return Json.mapper().createObjectNode();
        }
    }

    private static boolean isOutOfMemory(String type, @Nullable InvocationReport report) {
        return (report != null && report.outOfMemory())
                || type.equals(OUT_OF_MEMORY)
                || type.equals("MemoryError")
                || type.equals("java.lang.OutOfMemoryError");
    }

    private static boolean isTimeOut(String type, String message, @Nullable InvocationReport report) {
        return (report != null && report.status() == ReportStatus.TIMEOUT)
                || type.equals(TIMED_OUT)
                || message.contains(" Task timed out after ");
    }

    /** Why a size at which this happens cannot work. */
    static Reason reason(@Nullable String type) {
        if (OUT_OF_MEMORY.equals(type)) {
            return Reason.OUT_OF_MEMORY;
        }
        return TIMED_OUT.equals(type) ? Reason.TIMED_OUT : Reason.FUNCTION_ERROR;
    }
}
