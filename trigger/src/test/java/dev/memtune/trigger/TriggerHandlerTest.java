// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriggerHandlerTest {
    /** The handler does not look at it. */
    private static final Context NO_CONTEXT = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final Map<String, String> started = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final ArrayNode records = Json.mapper().createArrayNode();
    private boolean isDown;

    @Test
    void startsWhatHasBecomeReady() throws IOException {
        record(Items.uploaded("alpha"), Items.ready("alpha"));

        assertThat(failures()).isEmpty();
        assertThat(started).containsOnlyKeys(ExecutionName.of(Items.ready("alpha")));
        JsonNode input = Json.tree(started.values().iterator().next().getBytes(StandardCharsets.UTF_8));
        assertThat(input).isEqualTo(Json.tree("""
                {"lambdaARN": "alpha", "payloadS3": "s3://bucket/checked/alpha/payloads.json", "autoOptimize": true,
                 "autoOptimizeAlias": "prod", "waitForTurn": true, "powerValues": [128, 512], "num": 7}
                """.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void saysOnTheItemThatItIsTuned() throws IOException {
        registry.put(Items.uploaded("alpha"));
        registry.put(Items.ready("alpha"));
        record(Items.uploaded("alpha"), Items.ready("alpha"));
        record(Items.uploaded("alpha"), Items.ready("alpha"));

        assertThat(failures()).isEmpty();
        assertThat(registry.find("alpha").orElseThrow().status()).isEqualTo(AlgorithmStatus.TUNING);
        assertThat(registry.stream()).hasSize(3);
    }

    @Test
    void startsNothingForItsOwnChange() throws IOException {
        registry.put(Items.uploaded("alpha"));
        registry.put(Items.ready("alpha"));
        record(Items.uploaded("alpha"), Items.ready("alpha"));
        failures();
        started.clear();
        records.removeAll();
        AlgorithmItem tuning = registry.find("alpha").orElseThrow();
        record(Items.ready("alpha"), tuning);

        assertThat(failures()).isEmpty();
        assertThat(started).isEmpty();
        assertThat(registry.find("alpha")).contains(tuning);
    }

    @Test
    void leavesTheItemOfALaterUploadAlone() throws IOException {
        registry.put(Items.uploaded("alpha"));
        registry.put(
                Items.uploaded("alpha").uploaded(Items.upload("alpha", "v2", "0B"), Items.checked("alpha"), Items.NOW));
        record(Items.uploaded("alpha"), Items.ready("alpha"));

        assertThat(failures()).isEmpty();
        assertThat(registry.find("alpha").orElseThrow().status()).isEqualTo(AlgorithmStatus.UPLOADED);
    }

    @Test
    void startsNothingForOtherChanges() throws IOException {
        AlgorithmItem tuning = Items.ready("alpha").moved(AlgorithmStatus.TUNING, "", Items.NOW);
        record(null, Items.uploaded("alpha"));
        record(Items.ready("alpha"), tuning);
        record(Items.ready("alpha"), Items.ready("alpha"));
        record(Items.ready("alpha"), null);

        assertThat(failures()).isEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void takesAnItemThatAppearsReady() throws IOException {
        record(null, Items.ready("alpha"));

        assertThat(failures()).isEmpty();
        assertThat(started).hasSize(1);
    }

    @Test
    void startsTheSameAttemptOnce() throws IOException {
        record(Items.uploaded("alpha"), Items.ready("alpha"));
        record(Items.uploaded("alpha"), Items.ready("alpha"));

        assertThat(failures()).isEmpty();
        assertThat(started).hasSize(1);
    }

    @Test
    void namesTheFirstRecordThatFailsAndStartsWhatComesAfterIt() throws IOException {
        record(Items.uploaded("alpha"), Items.ready("alpha"));
        records.addObject()
                .put("eventID", "poison")
                .putObject("dynamodb")
                .put("SequenceNumber", "2")
                .putObject("NewImage")
                .putObject(ItemForm.DOCUMENT)
                .put("S", "no item");
        record(Items.uploaded("beta"), Items.ready("beta"));

        assertThat(failures()).containsExactly("2");
        assertThat(started)
                .as("Lambda may give up a whole batch for one record")
                .containsOnlyKeys(ExecutionName.of(Items.ready("alpha")), ExecutionName.of(Items.ready("beta")));
        assertThat(log).singleElement().asString().contains("record poison failed");
    }

    @Test
    void letsARecordComeAgainWhileStepFunctionsIsDown() throws IOException {
        record(Items.uploaded("alpha"), Items.ready("alpha"));
        isDown = true;
        assertThat(failures()).containsExactly("1");

        isDown = false;
        assertThat(failures()).isEmpty();
        assertThat(started).hasSize(1);
    }

    @Test
    void answersABatchWithoutRecords() throws IOException {
        assertThat(failures()).isEmpty();
    }

    private void record(@Nullable AlgorithmItem before, @Nullable AlgorithmItem after) {
        ObjectNode data = records.addObject()
                .put("eventID", "e" + records.size())
                .put("eventName", before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY")
                .put("eventSource", "aws:dynamodb")
                .putObject("dynamodb");
        data.put("ApproximateCreationDateTime", 1.7956690E9);
        data.put("SequenceNumber", String.valueOf(records.size()));
        data.put("StreamViewType", "NEW_AND_OLD_IMAGES");
        image(data, "OldImage", before);
        image(data, "NewImage", after);
    }

    private static void image(ObjectNode data, String name, @Nullable AlgorithmItem item) {
        if (item != null) {
            ObjectNode image = data.putObject(name);
            image.putObject(ItemForm.NAME).put("S", item.name());
            image.putObject(ItemForm.STATUS).put("S", item.status().name());
            image.putObject(ItemForm.REVISION).put("N", String.valueOf(item.revision()));
            image.putObject(ItemForm.DOCUMENT).put("S", Json.write(item));
        }
    }

    private List<String> failures() throws IOException {
        ObjectNode event = Json.mapper().createObjectNode();
        event.set("Records", records);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new TriggerHandler(
                        new Trigger(this::start, new StartInput("prod"), new TuningStatus(registry, () -> Items.NOW)),
                        log::add)
                .handleRequest(new ByteArrayInputStream(Json.mapper().writeValueAsBytes(event)), answer, NO_CONTEXT);
        List<String> numbers = new ArrayList<>();
        Json.tree(answer.toByteArray())
                .path("batchItemFailures")
                .forEach(failure -> numbers.add(failure.path("itemIdentifier").asText()));
        return numbers;
    }

    private boolean start(String name, String input) {
        if (isDown) {
            throw new IllegalStateException("Step Functions is down");
        }
        return started.putIfAbsent(name, input) == null;
    }
}
