// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.port.EndAnnouncer;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.EndNotice;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the adapters of the upload path say over the wire; the table's are tested against DynamoDB Local. */
class UploadAdaptersTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:memtune";
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:ends";

    private ScriptedService service;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static EndNotice notice(String function) {
        return new EndNotice(
                "arn:run",
                "run1",
                function,
                Outcome.REJECTED,
                3,
                "512 MB: no",
                null,
                null,
                null,
                null,
                null,
                Items.NOW);
    }

    private static JsonNode json(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsJustThisVersionOfAnUpload() {
        service.answers(200, "zip");
        try (S3UploadShelf shelf = S3UploadShelf.of(service.endpoint(), "kept")) {
            assertThat(shelf.read(Items.upload("alpha", "v/1", "0A"), 3))
                    .asString()
                    .isEqualTo("zip");
            assertThat(service.requests().getFirst().line()).isEqualTo("GET /bucket/uploads/alpha.zip?versionId=v%2F1");
            assertThatThrownBy(() -> shelf.read(Items.upload("alpha", "v1", "0A"), 2))
                    .isInstanceOf(ObjectSource.Unreadable.class);
        }
    }

    @Test
    void tellsAnUploadThatIsGoneFromOneThatMayNotBeRead() {
        try (S3UploadShelf shelf = S3UploadShelf.of(service.endpoint(), "kept")) {
            service.answers(404, "<Error><Code>NoSuchVersion</Code></Error>");
            assertThatThrownBy(() -> shelf.read(Items.upload("alpha", "v1", "0A"), 2))
                    .isInstanceOf(ObjectSource.Unreadable.class);
            service.answers(403, "<Error><Code>AccessDenied</Code></Error>");
            assertThatThrownBy(() -> shelf.read(Items.upload("alpha", "v1", "0A"), 2))
                    .isInstanceOf(LambdaFault.Denied.class);
        }
    }

    @Test
    void keepsPartsApartFromUploads() {
        service.answers(200, "");
        try (S3UploadShelf shelf = S3UploadShelf.of(service.endpoint(), "kept")) {
            String where = shelf.keep("alpha/code.zip", "code".getBytes(StandardCharsets.UTF_8));
            assertThat(where).isEqualTo("s3://kept/checked/alpha/code.zip");
            assertThat(service.requests().getFirst().line()).isEqualTo("PUT /kept/checked/alpha/code.zip");
            assertThat(service.requests().getFirst().body()).contains("code");
        }
    }

    @Test
    void sendsAnUploadOnlyWhereItsVersionIsTold(@TempDir Path folder) throws IOException {
        Path zip = Files.writeString(folder.resolve("alpha.zip"), "zip");
        service.answers(200, "");
        try (S3UploadShelf shelf = S3UploadShelf.of(service.endpoint(), "uploads-of-ours")) {
            assertThatThrownBy(() -> shelf.upload("alpha", zip))
                    .isInstanceOf(LambdaFault.Unsupported.class)
                    .hasMessageContaining("uploads-of-ours must keep versions");
            assertThat(service.requests().getFirst().line()).isEqualTo("PUT /uploads-of-ours/uploads/alpha.zip");
            assertThat(service.requests().getFirst().body()).contains("zip");
        }
    }

    @Test
    void startsAnExecutionByItsName() {
        service.answers(200, "{\"executionArn\":\"arn:x\",\"startDate\":1.0}");
        try (SfnExecutionStarter starter = SfnExecutionStarter.of(service.endpoint(), MACHINE)) {
            assertThat(starter.start("alpha-1", "{\"num\":5}")).isTrue();
        }
        ScriptedService.Request request = service.requests().getFirst();
        assertThat(request.target()).isEqualTo("AWSStepFunctions.StartExecution");
        assertThat(json(request.body()).path("name").asText()).isEqualTo("alpha-1");
        assertThat(json(request.body()).path("stateMachineArn").asText()).isEqualTo(MACHINE);
        assertThat(json(request.body()).path("input").asText()).isEqualTo("{\"num\":5}");
    }

    @Test
    void startsNothingTwiceAndTellsWhyNothingWasStarted() {
        try (SfnExecutionStarter starter = SfnExecutionStarter.of(service.endpoint(), MACHINE)) {
            service.answers(400, "{\"__type\":\"ExecutionAlreadyExists\",\"message\":\"taken\"}");
            assertThat(starter.start("alpha-1", "{}")).isFalse();
            service.answers(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");
            assertThatThrownBy(() -> starter.start("alpha-1", "{}")).isInstanceOf(LambdaFault.Denied.class);
        }
    }

    @Test
    void sendsTheEndOfARunAsAnEvent() {
        service.answers(200, "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}");
        try (EventBridgeAnnouncer announcer = EventBridgeAnnouncer.of(service.endpoint(), "default")) {
            announcer.announce(notice("alpha"));
        }
        ScriptedService.Request request = service.requests().getFirst();
        JsonNode entry = json(request.body()).path("Entries").path(0);
        assertThat(request.target()).isEqualTo("AWSEvents.PutEvents");
        assertThat(entry.path("Source").asText()).isEqualTo("memtune");
        assertThat(entry.path("DetailType").asText()).isEqualTo("Memtune Run Ended");
        assertThat(entry.path("EventBusName").asText()).isEqualTo("default");
        assertThat(Json.read(entry.path("Detail").asText(), EndNotice.class)).isEqualTo(notice("alpha"));
    }

    @Test
    void saysThatTheBusDidNotTakeAnEvent() {
        service.answers(
                200, "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"x\",\"ErrorMessage\":\"no such bus\"}]}");
        try (EventBridgeAnnouncer announcer = EventBridgeAnnouncer.of(service.endpoint(), "mine")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> announcer.announce(notice("alpha")))
                    .withMessage("the event bus mine did not take the event: no such bus");
        }
    }

    @Test
    void publishesTheEndOfARunForPeopleAndForPrograms() {
        service.answers(
                200,
                "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                        + "<MessageId>1</MessageId></PublishResult></PublishResponse>");
        try (SnsAnnouncer announcer = SnsAnnouncer.of(service.endpoint(), TOPIC)) {
            announcer.announce(notice("arn:aws:lambda:us-east-1:123456789012:function:" + "a".repeat(120)));
        }
        String body = URLDecoder.decode(service.requests().getFirst().body(), StandardCharsets.UTF_8);
        assertThat(body)
                .contains("TopicArn=" + TOPIC, "\"outcome\":\"REJECTED\"", "MessageAttributes.entry.1.Name=outcome")
                .containsPattern("Subject=Memtune: REJECTED: a{81}&");
    }

    @Test
    void wiresWhatTheEnvironmentNames() {
        UploadPorts none = new UploadPorts(Map.of("MEMTUNE_TOPIC", ""));
        assertThat(none.registryIfAny()).isSameAs(Registry.NONE);
        assertThat(none.announcers()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(none::registry)
                .withMessageStartingWith("MEMTUNE_REGISTRY must be set, got nothing");
        assertThatIllegalStateException().isThrownBy(none::shelf).withMessageStartingWith("MEMTUNE_UPLOADS");
        assertThatIllegalStateException().isThrownBy(none::starter).withMessageStartingWith("MEMTUNE_STATE_MACHINE");
    }

    @Test
    void tellsTheBusAndTheTopicThatAreNamed() {
        System.setProperty("aws.region", "us-east-1");
        try {
            UploadPorts both = new UploadPorts(Map.of("MEMTUNE_EVENT_BUS", "default", "MEMTUNE_TOPIC", TOPIC));
            assertThat(both.announcers())
                    .extracting(EndAnnouncer::getClass)
                    .extracting(Class::getSimpleName)
                    .containsExactly("EventBridgeAnnouncer", "SnsAnnouncer");
        } finally {
            System.clearProperty("aws.region");
        }
    }
}
