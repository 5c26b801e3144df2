// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CloudFormation asks of the resource that stands for this stack's promise to leave nothing half done.
 *
 * @param event the request
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html">Requests</a>
 */
record StackRequest(JsonNode event) {
    private static final String TYPE = "RequestType";
    private static final int TIMEOUT_MS = 10_000;
    /** CloudFormation cuts answers off at 4,096 bytes, and fails on what is longer. */
    private static final int MAX_REASON = 2_000;

    static boolean isOne(JsonNode event) {
        return event.has(TYPE);
    }

    boolean isDeletion() {
        return "Delete".equals(event.path(TYPE).asText());
    }

    /**
     * Answers.
     *
     * @param failure why the resource cannot be deleted; null if it is done
     * @throws IOException if CloudFormation does not take the answer; it then waits until its time-out
     */
    void answer(@Nullable String failure) throws IOException {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("Status", failure == null ? "SUCCESS" : "FAILED");
        if (failure != null) {
            answer.put("Reason", failure.substring(0, Math.min(MAX_REASON, failure.length())));
        }
        answer.put("PhysicalResourceId", event.path("PhysicalResourceId").asText("memtune-retirement"));
        for (String echoed : new String[] {"StackId", "RequestId", "LogicalResourceId"}) {
            answer.put(echoed, event.path(echoed).asText());
        }
        put(Json.write(answer).getBytes(StandardCharsets.UTF_8));
    }

    private void put(byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url().toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        // The presigned URL was signed without a content type.
        connection.setRequestProperty("Content-Type", "");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        if (status >= HttpURLConnection.HTTP_MULT_CHOICE) {
            throw new IOException("CloudFormation must take the answer, got: HTTP status " + status);
        }
    }

    private URI url() throws IOException {
        try {
            return new URI(event.path("ResponseURL").asText());
        } catch (URISyntaxException e) {
            throw new IOException("ResponseURL must be a URL", e);
        }
    }
}
