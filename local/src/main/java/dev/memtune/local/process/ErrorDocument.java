// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The JSON that Lambda answers for a function that failed. */
final class ErrorDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ErrorDocument() {}

    static byte[] of(String errorType, String message) {
        try {
            return JSON.writeValueAsBytes(
                    JSON.createObjectNode().put("errorType", errorType).put("errorMessage", message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Two strings could not be written as JSON", e);
        }
    }

    static byte[] timedOut(String requestId, Duration timeout) {
        return of("Sandbox.Timedout", "RequestId: " + requestId + " Error: " + timedOutText(timeout));
    }

    static String timedOutText(Duration timeout) {
        return String.format(Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1000.0);
    }

    static byte[] responseTooLarge() {
        return of(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + RuntimeEndpoint.RESPONSE_LIMIT_BYTES
                        + " bytes).");
    }

    /** The {@code errorType} of what a runtime reported, if it is such a document. */
    static Optional<String> errorType(byte[] document) {
        try {
            JsonNode type = JSON.readTree(document).path("errorType");
            return type.isTextual() ? Optional.of(type.textValue()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a custom runtime may report anything; its bytes are passed on as they are
        }
    }
}
