// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From a zip in the bucket of the deployed stack to {@code prod}, by its own notification, queue, stream, filters, mappings,
 * state machine and roles: nothing in between is called by hand. Several uploads are under way at once. Records of the registry's
 * stream that nobody can deal with are not tried here: the emulator knows no partial batch response for streams.
 */
class UploadPathTest {
    private static final int SECONDS = 480;
    private static final Map<String, Object> METADATA =
            Map.of("runtime", "python3.12", "memoryValues", List.of(256, 512), "num", 5);
    private static final Map<String, Object> TESTS = Map.of("usual.json", Map.of(), "short.json", Map.of("n", 1));
    /** Long enough for something to happen meanwhile. */
    private static final Map<String, Object> SLOW = Map.of("slow.json", Map.of("sleepSeconds", 2));

    private static String good = "";
    private static String bad = "";
    private static String failing = "";
    private static @Nullable DeployedStack stack;

    @BeforeAll
    static void deploy() throws IOException, InterruptedException {
        Tools.require();
        stack = DeployedStack.deploy(List.of(), List.of("Uploads=true", "UploadApi=true"));
        good = upload("app-good", METADATA, TESTS, 1);
        failing =
                upload("app-failing", METADATA, Map.of("usual.json", Map.of(), "big.json", Map.of("fail", "that")), 1);
        bad = upload("app-bad", Map.of("runtime", "python1", "memoryValues", List.of(64)), TESTS, 1);
        does("message", Map.of("body", "no notice of S3's"));
    }

    @AfterAll
    static void remove() throws IOException {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void aZipEndsInProduction() throws IOException {
        JsonNode item = reached("app-good", "PROMOTED", good);
        JsonNode tuning = item.path("tuning");
        assertThat(item.path("history").findValuesAsText("status"))
                .containsExactly("UPLOADED", "READY", "TUNING", "PROMOTED");
        assertThat(tuning.path("executionId").asText()).contains(":execution:", ":app-good-");
        assertThat(tuning.path("sentence").asText()).isNotBlank();
        assertThat(tuning.path("confidence").path("level").asDouble()).isEqualTo(0.95);

        JsonNode after = stack().snapshot("app-good");
        String version = after.path("aliases").path("prod").asText();
        assertThat(version).isEqualTo(tuning.path("version").asText());
        assertThat(after.path("versions").path(version).path("MemorySize").asInt())
                .isEqualTo(tuning.path("memoryMB").asInt());
        assertThat(does("serves", Map.of("function", "app-good"))
                        .path("edition")
                        .asInt())
                .isOne();
    }

    /** Who may ask the API for a form needs no right on the bucket. */
    @Test
    void aFormOfTheApiUploadsWhatItIsForAndNothingElse() throws IOException {
        assertThat(does("form", Map.of("name", "app-form", "isSigned", false))
                        .path("status")
                        .asInt())
                .isEqualTo(403);
        JsonNode refused = does("form", Map.of("name", "app.form", "isSigned", true));
        assertThat(refused.path("status").asInt()).isEqualTo(400);
        assertThat(refused.path("body").path("message").asText())
                .startsWith("name: must be 1 to 64 letters, digits, - or _, got: app.form");

        JsonNode form = does("form", Map.of("name", "app-form", "isSigned", true));
        assertThat(form.path("status").asInt()).as(form.toString()).isEqualTo(200);
        Map<String, Object> zip = Map.of("name", "app-form", "metadata", METADATA, "tests", TESTS, "edition", 1);
        JsonNode posted = post(form.path("body"), zip);
        assertThat(posted.path("status").asInt()).as(posted.toString()).isEqualTo(204);
        ObjectNode other = form.path("body").deepCopy();
        ((ObjectNode) other.path("fields")).put("key", "checked/app-form/code.zip");
        assertThat(post(other, zip).path("status").asInt()).isEqualTo(403);

        reached("app-form", "PROMOTED", posted.path("versionId").asText());
    }

    private static JsonNode post(JsonNode form, Map<String, Object> zip) throws IOException {
        Map<String, Object> with = new HashMap<>(zip);
        with.put("form", form);
        return does("post", with);
    }

    @Test
    void aBadZipIsRejectedWithEverythingThatIsWrong() throws IOException {
        JsonNode item = reached("app-bad", "REJECTED", bad);
        assertThat(item.path("problems")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(item.path("problems").toString()).contains("runtime", "memoryValues");
    }

    @Test
    void aTestThatFailsEverywhereRejectsInItsOwnWordsAndMovesNothing() throws IOException {
        JsonNode item = reached("app-failing", "REJECTED", failing);
        assertThat(item.path("problems").toString()).contains("big.json", "cannot do that");
        assertThat(stack().snapshot("app-failing").path("aliases")).isEmpty();
    }

    @Test
    void noticesThatComeTwiceOrLateChangeNothing() throws IOException {
        JsonNode first = reached("app-good", "PROMOTED", good);
        String later = upload("app-good", METADATA, TESTS, 2);
        JsonNode second = reached("app-good", "PROMOTED,KEPT", later);
        does("notice", Map.of("name", "app-good", "version", later, "sequencer", sequencer(second)));
        does("notice", Map.of("name", "app-good", "version", good, "sequencer", sequencer(first)));
        // What comes behind them in the queue has been dealt with, so they have been too.
        String marker = upload("app-marker", Map.of("runtime", "python1"), TESTS, 1);
        reached("app-marker", "REJECTED", marker);

        assertThat(does("item", Map.of("name", "app-good"))).isEqualTo(second);
        assertThat(executions("app-good-")).hasSize(2).allMatch("SUCCEEDED"::equals);
        assertThat(does("serves", Map.of("function", "app-good"))
                        .path("edition")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aNewVersionWaitsForTheTuningOfTheOld() throws IOException {
        reached("app-overtaken", "TUNING", upload("app-overtaken", METADATA, SLOW, 1));
        String later = upload("app-overtaken", METADATA, TESTS, 2);

        reached("app-overtaken", "PROMOTED", later);
        assertThat(executions("app-overtaken-")).hasSize(2).allMatch("SUCCEEDED"::equals);
        assertThat(does("serves", Map.of("function", "app-overtaken"))
                        .path("edition")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aWorkerThatIsKilledIsReplaced() throws IOException {
        // Others must not be hit.
        does("settled", Map.of("seconds", SECONDS));
        String killed = upload("app-killed", METADATA, SLOW, 1);
        reached("app-killed", "TUNING", killed);
        stack().awaitAlias("app-killed", "memtune-256");
        assertThat(stack().emulator().kill("ExecutorHandler")).isPositive();

        reached("app-killed", "PROMOTED", killed);
        assertThat(stack().snapshot("app-killed").path("aliases")).hasSize(1);
    }

    @Test
    void whatNobodyCanDealWithEndsInADeadLetterQueue() throws IOException {
        Map<String, Object> notice =
                Map.of("queue", "UploadDeadLetterQueueUrl", "text", "no notice", "seconds", SECONDS);
        assertThat(does("undelivered", notice).path("body").asText()).isEqualTo("no notice of S3's");
    }

    private static String upload(String name, Map<String, ?> metadata, Map<String, ?> tests, int edition)
            throws IOException {
        return does("upload", Map.of("name", name, "metadata", metadata, "tests", tests, "edition", edition))
                .path("versionId")
                .asText();
    }

    /** Waits until the item of this version of the zip has one of the statuses. */
    private static JsonNode reached(String name, String statuses, String version) throws IOException {
        return does(
                "reached",
                Map.of("name", name, "statuses", statuses.split(","), "version", version, "seconds", SECONDS));
    }

    private static String sequencer(JsonNode item) {
        return item.path("upload").path("sequencer").asText();
    }

    private static List<String> executions(String prefix) throws IOException {
        JsonNode found = does("executions", Map.of("prefix", prefix, "seconds", SECONDS));
        return found.propertyStream().map(one -> one.getValue().asText()).toList();
    }

    private static JsonNode does(String what, Map<String, ?> with) throws IOException {
        return stack().customer().does(what, with);
    }

    private static DeployedStack stack() {
        if (stack == null) {
            throw new IllegalStateException("the stack must be deployed before the tests");
        }
        return stack;
    }
}
