// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.UploadForm;
import dev.memtune.core.port.UploadForms;
import dev.memtune.core.registry.Items;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormHandlerTest {
    private static final URI URL = URI.create("https://bucket.example/");

    private final List<String> log = new ArrayList<>();

    private static UploadForm signed(String name, long maxBytes) {
        return new UploadForm(URL, Map.of("key", name, "most", String.valueOf(maxBytes)), Items.NOW);
    }

    @Test
    void givesOutAFormForWhatTheIntakeTakes() throws IOException {
        JsonNode answer = call(FormHandlerTest::signed, Map.of("name", "alpha"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.path("headers").path("content-type").asText()).isEqualTo("application/json");
        assertThat(answer.path("headers").path("cache-control").asText()).isEqualTo("no-store");
        JsonNode body = body(answer);
        assertThat(body.path("url").asText()).isEqualTo(URL.toString());
        assertThat(body.path("fields").path("key").asText()).isEqualTo("alpha");
        assertThat(body.path("fields").path("most").asInt()).isEqualTo(Intake.ZIP_MAX_BYTES);
        assertThat(body.path("expiresAt").asText()).isEqualTo(Items.NOW.toString());
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "uploads/alpha", "../alpha", "alpha.zip", "${filename}"})
    void refusesNamesThatTheIntakeWouldPassOver(String name) throws IOException {
        JsonNode answer = call(FormHandlerTest::signed, Map.of("name", name));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        assertThat(body(answer).path("message").asText())
                .isEqualTo("name: must be 1 to 64 letters, digits, - or _, got: " + name
                        + ". POST to /uploads/NAME, with the name in metadata.json");
        assertThat(log).isEmpty();
    }

    @Test
    void refusesAPathWithoutAName() throws IOException {
        assertThat(call(FormHandlerTest::signed, null).path("statusCode").asInt())
                .isEqualTo(400);
    }

    @Test
    void saysWhoseFaultItIs() throws IOException {
        JsonNode denied = call(
                (name, maxBytes) -> {
                    throw new LambdaFault.Denied("no credentials", null);
                },
                Map.of("name", "alpha"));
        assertThat(denied.path("statusCode").asInt()).isEqualTo(503);
        JsonNode defect = call(
                (name, maxBytes) -> {
                    throw new IllegalStateException("a bug");
                },
                Map.of("name", "alpha"));
        assertThat(defect.path("statusCode").asInt()).isEqualTo(500);

        assertThat(body(denied).path("message").asText()).doesNotContain("no credentials");
        assertThat(body(defect).path("message").asText()).doesNotContain("a bug");
        assertThat(log).hasSize(2).first().asString().contains("no credentials");
        assertThat(log).last().asString().contains("a bug");
    }

    private JsonNode call(UploadForms forms, @Nullable Map<String, String> path) throws IOException {
        ObjectNode event = Json.mapper()
                .createObjectNode()
                .put("version", "2.0")
                .put("routeKey", "POST /uploads/{name}")
                .put("isBase64Encoded", false)
                .put("somethingNew", "of AWS's");
        event.set("pathParameters", Json.mapper().valueToTree(path));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new FormHandler(new FormDesk(forms), log::add)
                .handleRequest(
                        new ByteArrayInputStream(Json.mapper().writeValueAsBytes(event)),
                        answer,
                        IntakeHandlerTest.NO_CONTEXT);
        return Json.tree(answer.toByteArray());
    }

    private static JsonNode body(JsonNode answer) {
        return Json.tree(answer.path("body").asText().getBytes(StandardCharsets.UTF_8));
    }
}
