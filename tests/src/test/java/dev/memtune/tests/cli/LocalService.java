// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.SplittableRandom;

/** The functions that commands have left behind, on a service that runs them, spoken to as by anybody. */
final class LocalService implements AutoCloseable {
    private final EmbeddedLambda service;
    private final HttpClient client = HttpClient.newHttpClient();

    private LocalService(EmbeddedLambda service) {
        this.service = service;
    }

    static LocalService over(Path functions) throws IOException {
        ProcessFunctionRunner runner = new ProcessFunctionRunner(ProcessSettings.defaults());
        try {
            return new LocalService(EmbeddedLambda.start(
                    ServiceSettings.defaults(functions, InstantSource.system(), new SplittableRandom(1)), runner));
        } catch (IOException e) {
            runner.close();
            throw e;
        }
    }

    /** Invokes {@code name:qualifier}. */
    JsonNode invoke(String function, String event) throws IOException {
        String[] parts = function.split(":", 2);
        return call("/2015-03-31/functions/" + parts[0] + "/invocations?Qualifier=" + parts[1], event);
    }

    /** Makes an alias of the version that another alias runs. */
    void alias(String function, String alias, String like) throws IOException {
        String aliases = "/2015-03-31/functions/" + function + "/aliases";
        JsonNode present = send(HttpRequest.newBuilder(service.endpoint().resolve(aliases + "/" + like)));
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("Name", alias)
                .put("FunctionVersion", present.path("FunctionVersion").asText());
        call(aliases, body.toString());
    }

    /** Publishes a layer and says the ARN of its version. */
    String publishLayer(String name, byte[] zip) throws IOException {
        ObjectNode body = Json.mapper().createObjectNode();
        body.putObject("Content").put("ZipFile", Base64.getEncoder().encodeToString(zip));
        return call("/2018-10-31/layers/" + name + "/versions", body.toString())
                .path("LayerVersionArn")
                .asText();
    }

    private JsonNode call(String path, String body) throws IOException {
        return send(HttpRequest.newBuilder(service.endpoint().resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = Json.tree(response.body());
            assertThat(response.statusCode()).as(answer.toString()).isBetween(200, 299);
            assertThat(response.headers().firstValue("X-Amz-Function-Error"))
                    .as(answer.toString())
                    .isEmpty();
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        service.close();
    }
}
