// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.port.UploadForm;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.registry.Upload;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.TuningInputReader;
import dev.memtune.intake.FormDesk;
import dev.memtune.intake.FormHandler;
import dev.memtune.intake.Intake;
import dev.memtune.intake.IntakeHandler;
import dev.memtune.tests.cloud.Tools;
import dev.memtune.trigger.StartInput;
import dev.memtune.trigger.Trigger;
import dev.memtune.trigger.TriggerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The samples of what S3, SQS, DynamoDB and API Gateway deliver on an upload's way. */
class UploadEventsTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Map<String, String> started = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();

    @Test
    void theNoticeOfAnUploadBecomesAnItem() throws IOException {
        assertThat(failures(intake(), StackInMemory.event("upload-notice")))
                .as(log.toString())
                .isEmpty();

        AlgorithmItem item = registry.find("my-function").orElseThrow();
        assertThat(item.status()).as(item.problems().toString()).isEqualTo(AlgorithmStatus.UPLOADED);
        assertThat(item.upload().sequencer()).isEqualTo("0055AED6DCD90281E5");
    }

    @Test
    void theRecordOfAReadyItemStartsATuningThatTheStateMachineTakes() throws IOException {
        assertThat(failures(trigger(), StackInMemory.event("upload-ready")))
                .as(log.toString())
                .isEmpty();

        assertThat(started).hasSize(1);
        Map.Entry<String, String> execution = started.entrySet().iterator().next();
        assertThat(ExecutionName.algorithm(execution.getKey())).contains("my-function");
        JsonNode input = Json.tree(execution.getValue().getBytes(StandardCharsets.UTF_8));
        assertThat(TuningInputReader.read(input, 1).promoteAlias()).isEqualTo("prod");
    }

    @Test
    void theCallOfTheApiIsAnsweredWithAForm() throws IOException {
        FormDesk desk = new FormDesk((name, maxBytes) -> new UploadForm(
                URI.create("https://bucket.example/"), Map.of("key", "uploads/" + name + ".zip"), Items.NOW));
        JsonNode answer = answer(new FormHandler(desk, log::add), StackInMemory.event("upload-form"));

        assertThat(answer.path("statusCode").asInt()).as(log.toString()).isEqualTo(200);
        assertThat(answer.path("body").asText()).contains("\"key\":\"uploads/my-function.zip\"");
    }

    @Test
    void awsOwnSampleOfAStreamIsRefusedAtItsFirstRecordAndStartsOnlyWhatIsOurs() throws Exception {
        ObjectNode event = sample("dynamodb", "update");
        JsonNode first = event.at("/Records/0/dynamodb/SequenceNumber");
        ObjectNode changed = (ObjectNode) event.at("/Records/1/dynamodb");
        ObjectNode ours =
                (ObjectNode) Json.tree(StackInMemory.event("upload-ready")).at("/Records/0/dynamodb");
        for (String member : List.of("Keys", "OldImage", "NewImage")) {
            changed.set(member, ours.get(member));
        }

        assertThat(failures(trigger(), bytes(event)).findValues("itemIdentifier"))
                .containsExactly(first);
        assertThat(log).as("the table's own records have no item").hasSize(2);
        assertThat(started).hasSize(1);
    }

    @Test
    void awsOwnSampleOfANoticeBecomesAnItemOnceItsBucketHasVersions() throws Exception {
        ObjectNode notice = sample("s3", "put", "--key", "uploads/my-function.zip", "--bucket", "uploads");
        ObjectNode event = sample("sqs", "receive-message");
        ((ObjectNode) event.at("/Records/0")).put("body", Json.write(notice));
        JsonNode id = event.at("/Records/0/messageId");
        assertThat(failures(intake(), bytes(event)).findValues("itemIdentifier"))
                .containsExactly(id);
        assertThat(log).singleElement().asString().contains("is versioning switched on for the bucket?");

        ((ObjectNode) notice.at("/Records/0/s3/object")).put("versionId", "096fKKXTRTtl3on89fVO.nfljtsv6qko");
        ((ObjectNode) event.at("/Records/0")).put("body", Json.write(notice));
        assertThat(failures(intake(), bytes(event))).as(log.toString()).isEmpty();
        assertThat(registry.find("my-function").orElseThrow().upload().sequencer())
                .isEqualTo(notice.at("/Records/0/s3/object/sequencer").asText());
    }

    /** AWS's own samples, as its SAM CLI writes them. */
    private static ObjectNode sample(String service, String event, String... options)
            throws IOException, InterruptedException {
        Tools.require();
        List<String> command =
                new ArrayList<>(List.of(Tools.SAM.toString(), "local", "generate-event", service, event));
        command.addAll(List.of(options));
        String json = Tools.run(Path.of("."), Map.of("SAM_CLI_TELEMETRY", "0"), command);
        return (ObjectNode) Json.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(JsonNode event) {
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    private IntakeHandler intake() {
        AlgorithmPackages packages = new AlgorithmPackages(PackageLimits.defaults());
        return new IntakeHandler(new Intake(new OneUpload(), registry, packages, () -> Items.NOW), log::add);
    }

    private TriggerHandler trigger() {
        Trigger trigger = new Trigger(
                (name, input) -> started.put(name, input) == null,
                new StartInput("prod"),
                new TuningStatus(registry, () -> Items.NOW));
        return new TriggerHandler(trigger, log::add);
    }

    private static JsonNode failures(RequestStreamHandler handler, byte[] event) throws IOException {
        return answer(handler, event).path("batchItemFailures");
    }

    private static JsonNode answer(RequestStreamHandler handler, byte[] event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event), answer, new NoContext());
        return Json.tree(answer.toByteArray());
    }

    /** A bucket with one zip, which works. */
    private static final class OneUpload implements UploadShelf {
        @Override
        public byte[] read(Upload upload, int maxBytes) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                put(zip, "metadata.json", "{\"name\":\"my-function\",\"runtime\":\"python3.12\"}");
                put(zip, "handler.py", "def handler(event, context):\n    return event\n");
                put(zip, "tests/usual.json", "{}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private static void put(ZipOutputStream zip, String name, String text) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String keep(String key, byte[] bytes) {
            return "s3://kept/" + key;
        }
    }
}
