// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Invokes functions. A call is sent once and never retried by the adapter: every sample is paid for. */
@FunctionalInterface
public interface FunctionInvoker {
    /** How long an event of {@link #send} may wait for capacity before it is given up; set on the run's own aliases. */
    Duration EVENT_MAX_AGE = Duration.ofMinutes(5);

    /**
     * Invokes and waits for the end.
     *
     * @throws LambdaFault if the function was not run, or if nobody knows ({@link LambdaFault.OutcomeUnknown})
     */
    Response invoke(Request request);

    /**
     * Hands an event to be run later, for functions that run longer than an answer can be waited for.
     *
     * @return AWS's request id, the key to the report in the log
     * @throws LambdaFault if the event was not taken, or if nobody knows ({@link LambdaFault.OutcomeUnknown})
     */
    default String send(Request request) {
        throw new LambdaFault.Unsupported("asynchronous invocations of " + request.function(), null);
    }

    /**
     * What to invoke, with what.
     *
     * @param function name or unqualified ARN
     * @param qualifier the alias or version
     * @param payload the event, JSON bytes
     * @param timeoutSeconds the function's own time-out, at most 900: the adapter waits longer than that, within a bound
     * @param tenantId the tenant of a function with tenant isolation; null for any other function
     */
    record Request(
            String function,
            String qualifier,
            byte[] payload,
            int timeoutSeconds,
            @Nullable String tenantId) {
        /** A request for a function without tenants. */
        public Request(String function, String qualifier, byte[] payload, int timeoutSeconds) {
            this(function, qualifier, payload, timeoutSeconds, null);
        }

        /** Checks that nothing is null. */
        public Request {
            Objects.requireNonNull(function, "function");
            Objects.requireNonNull(qualifier, "qualifier");
            Objects.requireNonNull(payload, "payload");
        }
    }

    /**
     * What came back.
     *
     * @param requestId AWS's request id, the key to the report in the log; empty where an endpoint does not tell
     * @param functionError null if the function succeeded
     * @param payload the function's answer, or its error document
     * @param logTail the last 4 KB of the log, decoded, or as it came if it is not Base64; empty if there is none
     * @param executedVersion the version that ran; null where an endpoint does not tell
     */
    record Response(
            String requestId,
            @Nullable String functionError,
            byte[] payload,
            byte[] logTail,
            @Nullable String executedVersion) {
        /** Checks what must be there. */
        public Response {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(payload, "payload");
            Objects.requireNonNull(logTail, "logTail");
        }
    }
}
