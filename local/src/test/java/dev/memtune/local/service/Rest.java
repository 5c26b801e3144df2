// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** A client of the REST API without any SDK. */
final class Rest implements AutoCloseable {
    static final String FUNCTIONS = "/2015-03-31/functions";
    static final String ROLE = "arn:aws:iam::000000000000:role/r";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI endpoint;

    Rest(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** An answer. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() throws IOException {
            return MAPPER.readTree(response.body());
        }

        String text(String member) throws IOException {
            return json().path(member).asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String errorType() {
            return header("x-amzn-ErrorType");
        }
    }

    Answer send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(endpoint + path)).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    Answer post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    Answer create(String name, byte[] zip) throws IOException, InterruptedException {
        return post(FUNCTIONS, creation(name, zip, ""));
    }

    static String creation(String name, byte[] zip, String more) {
        return "{\"FunctionName\":\"" + name + "\",\"Runtime\":\"python3.12\",\"Handler\":\"h.h\",\"Role\":\"" + ROLE
                + "\",\"Code\":{\"ZipFile\":\"" + Base64.getEncoder().encodeToString(zip) + "\"}" + more + "}";
    }

    Answer configure(String name, String body) throws IOException, InterruptedException {
        return put(FUNCTIONS + "/" + name + "/configuration", body);
    }

    Answer publish(String name, String body) throws IOException, InterruptedException {
        return post(FUNCTIONS + "/" + name + "/versions", body);
    }

    Answer alias(String name, String alias, String version) throws IOException, InterruptedException {
        return post(
                FUNCTIONS + "/" + name + "/aliases",
                "{\"Name\":\"" + alias + "\",\"FunctionVersion\":\"" + version + "\"}");
    }

    Answer invoke(String nameAndQuery, String payload, String... headers) throws IOException, InterruptedException {
        String[] parts = nameAndQuery.split("\\?", 2);
        String query = parts.length == 2 ? "?" + parts[1] : "";
        return post(FUNCTIONS + "/" + parts[0] + "/invocations" + query, payload, headers);
    }

    @Override
    public void close() {
        client.close();
    }
}
