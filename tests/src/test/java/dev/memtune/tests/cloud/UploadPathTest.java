// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import dev.memtune.tests.cli.ChildCli;
import dev.memtune.tests.cli.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a zip in the bucket of the deployed stack to {@code prod}, by its own notification, queue, stream, filters, mappings,
 * state machine and roles: nothing in between is called by hand. Several uploads are under way at once.
 */
class UploadPathTest {
    private static final String TOPIC = "ends";

    private static final String EARLY = "a message before the promotion";

    private static String good = "";
    private static String bad = "";
    private static String failing = "";
    private static String twice = "";
    private static String fed = "";
    private static JsonNode early = Json.mapper().missingNode();
    private static boolean wasEarly;
    private static @Nullable Uploads uploads;
    private static ChildCli.@Nullable Running sent;

    @TempDir
    static Path folder;

    @BeforeAll
    static void deploy() throws IOException, InterruptedException {
        Tools.require();
        String topic = "arn:aws:sns:us-east-1:000000000000:" + TOPIC;
        uploads = new Uploads(
                DeployedStack.deploy(List.of(), List.of("Uploads=true", "UploadApi=true", "EndTopicArn=" + topic)),
                folder);
        assertThat(uploads()
                        .does("listen", Map.of("topic", TOPIC))
                        .path("topic")
                        .asText())
                .isEqualTo(topic);
        sent = uploads().sent("app-sent", 1);
        good = uploads().upload("app-good", 1);
        failing = uploads()
                .upload(
                        "app-failing",
                        Uploads.METADATA,
                        Map.of("usual.json", Map.of(), "big.json", Map.of("fail", "that")),
                        1);
        bad = uploads().upload("app-bad", Map.of("runtime", "python1", "memoryValues", List.of(64)), Uploads.TESTS, 1);
        uploads().upload("app-twice", 1);
        twice = uploads().upload("app-twice", 1);
        uploads().does("message", Map.of("body", "no notice of S3's"));
        feed();
    }

    /** Somebody sends work to an algorithm that is not tuned yet. */
    private static void feed() throws IOException {
        Map<String, Object> metadata = new HashMap<>(Uploads.METADATA);
        metadata.put("type", "in");
        fed = uploads().upload("app-fed", metadata, Uploads.SLOW, 1);
        uploads().reached("app-fed", "READY,TUNING,PROMOTED", fed);
        early = uploads().does("algorithm", Map.of("name", "app-fed"));
        // Whoever is stopped for so long that it is promoted by now has come too late to see it.
        wasEarly = !uploads()
                .does("item", Map.of("name", "app-fed"))
                .path("status")
                .asText()
                .equals("PROMOTED");
        uploads().does("send", Map.of("queue", queue(early), "body", EARLY));
    }

    @AfterAll
    static void remove() throws IOException {
        if (uploads != null) {
            uploads.stack().close();
        }
    }

    @Test
    void aZipEndsInProduction() throws IOException {
        JsonNode item = uploads().reached("app-good", "PROMOTED", good);
        JsonNode tuning = item.path("tuning");
        assertThat(item.path("history").findValuesAsText("status"))
                .containsExactly("UPLOADED", "READY", "TUNING", "PROMOTED");
        assertThat(tuning.path("executionId").asText()).contains(":execution:", ":app-good-");
        assertThat(tuning.path("sentence").asText()).isNotBlank();
        assertThat(tuning.path("confidence").path("level").asDouble()).isEqualTo(0.95);

        JsonNode after = uploads().stack().snapshot("app-good");
        String version = after.path("aliases").path("prod").asText();
        assertThat(version).isEqualTo(tuning.path("version").asText());
        assertThat(after.path("versions").path(version).path("MemorySize").asInt())
                .isEqualTo(tuning.path("memoryMB").asInt());
        assertThat(uploads().edition("app-good")).isOne();
    }

    /** Who may ask the API for a form needs no right on the bucket. */
    @Test
    void aFormOfTheApiUploadsWhatItIsForAndNothingElse() throws IOException {
        assertThat(uploads()
                        .does("form", Map.of("name", "app-form", "isSigned", false))
                        .path("status")
                        .asInt())
                .isEqualTo(403);
        JsonNode refused = uploads().does("form", Map.of("name", "app.form", "isSigned", true));
        assertThat(refused.path("status").asInt()).isEqualTo(400);
        assertThat(refused.path("body").path("message").asText())
                .startsWith("name: must be 1 to 64 letters, digits, - or _, got: app.form");

        JsonNode form = uploads().does("form", Map.of("name", "app-form", "isSigned", true));
        assertThat(form.path("status").asInt()).as(form.toString()).isEqualTo(200);
        Map<String, Object> zip =
                Map.of("name", "app-form", "metadata", Uploads.METADATA, "tests", Uploads.TESTS, "edition", 1);
        JsonNode posted = post(form.path("body"), zip);
        assertThat(posted.path("status").asInt()).as(posted.toString()).isEqualTo(204);
        ObjectNode other = form.path("body").deepCopy();
        ((ObjectNode) other.path("fields")).put("key", "checked/app-form/code.zip");
        assertThat(post(other, zip).path("status").asInt()).isEqualTo(403);

        uploads().reached("app-form", "PROMOTED", posted.path("versionId").asText());
    }

    private static JsonNode post(JsonNode form, Map<String, Object> zip) throws IOException {
        Map<String, Object> with = new HashMap<>(zip);
        with.put("form", form);
        return uploads().does("post", with);
    }

    @Test
    void aBadZipIsRejectedWithEverythingThatIsWrong() throws IOException {
        JsonNode item = uploads().reached("app-bad", "REJECTED", bad);
        assertThat(item.path("problems")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(item.path("problems").toString()).contains("runtime", "memoryValues");
    }

    @Test
    void aTestThatFailsEverywhereRejectsInItsOwnWordsAndMovesNothing() throws IOException {
        JsonNode item = uploads().reached("app-failing", "REJECTED", failing);
        assertThat(item.path("problems").toString()).contains("big.json", "cannot do that");
        assertThat(uploads().stack().snapshot("app-failing").path("aliases")).isEmpty();
    }

    @Test
    void noticesThatComeTwiceOrLateChangeNothing() throws IOException {
        JsonNode first = uploads().reached("app-good", "PROMOTED", good);
        String later = uploads().upload("app-good", 2);
        JsonNode second = uploads().reached("app-good", "PROMOTED,KEPT", later);
        uploads().does("notice", Map.of("name", "app-good", "version", later, "sequencer", sequencer(second)));
        uploads().does("notice", Map.of("name", "app-good", "version", good, "sequencer", sequencer(first)));
        // What comes behind them in the queue has been dealt with, so they have been too.
        String marker = uploads().upload("app-marker", Map.of("runtime", "python1"), Uploads.TESTS, 1);
        uploads().reached("app-marker", "REJECTED", marker);

        assertThat(uploads().does("item", Map.of("name", "app-good"))).isEqualTo(second);
        assertThat(uploads().executions("app-good-")).hasSize(2).allMatch("SUCCEEDED"::equals);
        assertThat(uploads().edition("app-good")).isEqualTo(2);
    }

    @Test
    void aNewVersionWaitsForTheTuningOfTheOld() throws IOException {
        uploads()
                .reached(
                        "app-overtaken",
                        "TUNING",
                        uploads().upload("app-overtaken", Uploads.METADATA, Uploads.SLOW, 1));
        String later = uploads().upload("app-overtaken", 2);

        uploads().reached("app-overtaken", "PROMOTED", later);
        assertThat(uploads().executions("app-overtaken-")).hasSize(2).allMatch("SUCCEEDED"::equals);
        assertThat(uploads().edition("app-overtaken")).isEqualTo(2);
    }

    @Test
    void aWorkerThatIsKilledIsReplaced() throws IOException {
        // Others must not be hit.
        uploads().within("settled", Map.of());
        String killed = uploads().upload("app-killed", Uploads.METADATA, Uploads.SLOW, 1);
        uploads().reached("app-killed", "TUNING", killed);
        uploads().stack().awaitAlias("app-killed", "memtune-256");
        assertThat(uploads().stack().emulator().kill("ExecutorHandler")).isPositive();

        uploads().reached("app-killed", "PROMOTED", killed);
        assertThat(uploads().stack().snapshot("app-killed").path("aliases")).hasSize(1);
    }

    @Test
    void aLaptopSendsFollowsAndGoesBack() throws Exception {
        Result first = Objects.requireNonNull(sent).await(Uploads.SECONDS);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("app-sent: PROMOTED since");
        assertThat(first.err()).contains("app-sent: sent to bucket");
        Result second = uploads().sent("app-sent", 2).await(Uploads.SECONDS);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(uploads().edition("app-sent")).isEqualTo(2);

        Result back = uploads().laptop().launch("rollback", "app-sent", "--stack", "memtune");
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.out()).contains("app-sent: alias prod is back at version");
        assertThat(uploads().edition("app-sent")).isOne();
        assertThat(uploads().laptop().launch("status", "--stack", "memtune").out())
                .containsPattern("app-sent +PROMOTED +\\d+ MB .*rolled back: prod runs version");
        assertThat(uploads()
                        .laptop()
                        .launch("history", "app-sent", "--stack", "memtune")
                        .out()
                        .lines())
                .hasSize(9)
                .last()
                .asString()
                .contains("rolled back: prod runs version");
        assertThat(uploads().stack().snapshot("app-sent").path("aliases")).hasSize(1);
    }

    @Test
    void theSameObjectPutTwiceIsTunedOnceForEachOfItsVersionsAtMost() throws IOException {
        JsonNode item = uploads().reached("app-twice", "PROMOTED,KEPT", twice);
        assertThat(item.path("history").findValuesAsText("status"))
                .filteredOn("UPLOADED"::equals)
                .hasSizeLessThanOrEqualTo(2);
        assertThat(uploads().executions("app-twice-"))
                .hasSizeLessThanOrEqualTo(2)
                .allMatch("SUCCEEDED"::equals);
    }

    @Test
    void aQueueReachesProdAfterThePromotionAndGoesWithTheItem() throws IOException {
        if (wasEarly) {
            assertThat(early.path("mapped")).as("before the promotion").isEmpty();
        }
        JsonNode item = uploads().reached("app-fed", "PROMOTED", fed);
        String prod = uploads()
                .stack()
                .snapshot("app-fed")
                .path("aliases")
                .path("prod")
                .asText();
        assertThat(prod).isEqualTo(item.path("tuning").path("version").asText());
        assertThat(uploads().worked("app-fed", EARLY))
                .as("the emulator names the version where AWS names the alias")
                .isNotEmpty()
                .allMatch(line -> line.endsWith(":function:app-fed:" + prod));
        JsonNode connected = uploads().does("algorithm", Map.of("name", "app-fed"));
        assertThat(connected.at("/mapped/0").asText()).endsWith(":function:app-fed:prod");
        assertThat(connected.path("mapped")).hasSize(1);
        uploads().does("send", Map.of("queue", queue(connected), "body", "a message after it"));
        assertThat(uploads().worked("app-fed", "a message after it")).isNotEmpty();

        uploads().does("forget", Map.of("name", "app-fed"));
        uploads().within("gone", Map.of("function", "app-fed", "queue", queue(connected)));
    }

    @Test
    void everybodyWhoListensIsToldOfAnEnd() throws IOException {
        uploads().reached("app-failing", "REJECTED", failing);
        JsonNode message = Json.mapper().readTree(uploads().told("told", "app-failing"));
        JsonNode notice = Json.mapper().readTree(message.path("Message").asText());
        assertThat(message.path("Subject").asText()).contains("app-failing");
        assertThat(message.at("/MessageAttributes/outcome/Value").asText()).isEqualTo("REJECTED");
        assertThat(notice.path("outcome").asText()).isEqualTo("REJECTED");

        JsonNode event = Json.mapper().readTree(uploads().told("bus", "app-failing"));
        assertThat(event.path("source").asText()).isEqualTo("memtune");
        assertThat(event.path("detail-type").asText()).isEqualTo("Memtune Run Ended");
        assertThat(event.path("resources").path(0)).isEqualTo(notice.path("executionId"));
        assertThat(event.path("detail")).isEqualTo(notice);
    }

    /** Neither the trigger nor, after its removal, the provisioner can read it. */
    @Test
    void aRecordThatNobodyCanReadEndsInADeadLetterQueueAndHoldsNobodyUp() throws IOException {
        uploads().does("poison", Map.of("name", "app-poison"));
        String after = uploads().upload("app-after", 1);
        JsonNode place = Json.mapper().readTree(uploads().told("UndeliveredQueueUrl", "TriggerFunction"));
        assertThat(place.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(place.at("/DDBStreamBatchInfo/startSequenceNumber").asText()).isNotBlank();
        assertThat(place.at("/DDBStreamBatchInfo/streamArn").asText()).contains(":table/");

        uploads().does("forget", Map.of("name", "app-poison"));
        assertThat(uploads().told("UndeliveredQueueUrl", "ProvisionerFunction")).contains("RetryAttemptsExhausted");
        uploads().reached("app-after", "PROMOTED", after);
    }

    @Test
    void whatNobodyCanDealWithEndsInADeadLetterQueue() throws IOException {
        assertThat(uploads().told("UploadDeadLetterQueueUrl", "no notice")).isEqualTo("no notice of S3's");
    }

    private static String queue(JsonNode algorithm) {
        return algorithm.path("outputs").path("InputQueueUrl").asText();
    }

    private static String sequencer(JsonNode item) {
        return item.path("upload").path("sequencer").asText();
    }

    private static Uploads uploads() {
        if (uploads == null) {
            throw new IllegalStateException("the stack must be deployed before the tests");
        }
        return uploads;
    }
}
