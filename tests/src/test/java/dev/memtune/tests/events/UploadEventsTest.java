// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
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
import dev.memtune.trigger.StartInput;
import dev.memtune.trigger.Trigger;
import dev.memtune.trigger.TriggerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
        Intake intake =
                new Intake(new OneUpload(), registry, new AlgorithmPackages(PackageLimits.defaults()), () -> Items.NOW);
        assertThat(failures(new IntakeHandler(intake, log::add), "upload-notice"))
                .as(log.toString())
                .isEmpty();

        AlgorithmItem item = registry.find("my-function").orElseThrow();
        assertThat(item.status()).as(item.problems().toString()).isEqualTo(AlgorithmStatus.UPLOADED);
        assertThat(item.upload().sequencer()).isEqualTo("0055AED6DCD90281E5");
    }

    @Test
    void theRecordOfAReadyItemStartsATuningThatTheStateMachineTakes() throws IOException {
        Trigger trigger = new Trigger(
                (name, input) -> started.put(name, input) == null,
                new StartInput("prod"),
                new TuningStatus(registry, () -> Items.NOW));
        assertThat(failures(new TriggerHandler(trigger, log::add), "upload-ready"))
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
        JsonNode answer = answer(new FormHandler(desk, log::add), "upload-form");

        assertThat(answer.path("statusCode").asInt()).as(log.toString()).isEqualTo(200);
        assertThat(answer.path("body").asText()).contains("\"key\":\"uploads/my-function.zip\"");
    }

    private static JsonNode failures(RequestStreamHandler handler, String event) throws IOException {
        return answer(handler, event).path("batchItemFailures");
    }

    private static JsonNode answer(RequestStreamHandler handler, String event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(StackInMemory.event(event)), answer, new NoContext());
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
