// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.registry.RegistryContract;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.wire.Json;
import dev.memtune.trigger.StartInput;
import dev.memtune.trigger.Trigger;
import dev.memtune.trigger.TriggerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table, and what its stream delivers to the trigger. Each test has a table of its own. */
class DynamoDbRegistryTest extends RegistryContract {
    /** The handler does not look at it. */
    private static final Context NO_CONTEXT = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private static @Nullable LocalTable tables;

    private final List<String> started = new ArrayList<>();
    private String table = "";
    private @Nullable Registry registry;

    @BeforeAll
    static void start() throws Exception {
        tables = LocalTable.start();
    }

    @AfterAll
    static void stop() {
        tables().close();
    }

    @BeforeEach
    void create() {
        table = tables().createRegistry();
        registry = tables().openRegistry(table);
    }

    @Override
    protected Registry registry() {
        return Objects.requireNonNull(registry, "registry");
    }

    @Test
    void copiesWhatConditionsAndFiltersLookAt() {
        registry().put(Items.uploaded("alpha"));
        registry().put(Items.ready("alpha"));

        Map<String, AttributeValue> item = tables().items(table).getFirst();
        assertThat(item).containsOnlyKeys(ItemForm.NAME, ItemForm.STATUS, ItemForm.REVISION, ItemForm.DOCUMENT);
        assertThat(item.get(ItemForm.STATUS)).isEqualTo(AttributeValue.fromS("READY"));
        assertThat(item.get(ItemForm.REVISION)).isEqualTo(AttributeValue.fromN("2"));
    }

    @Test
    void namesTheTableThatCannotBeUsed() {
        Registry nowhere = tables().openRegistry("none");
        assertThatThrownBy(() -> nowhere.find("alpha"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("registry", "none", "Cannot do operations on a non-existent table");
    }

    @Test
    void itsStreamStartsEachAttemptOnceHoweverOftenItIsDelivered() throws IOException {
        registry().put(Items.uploaded("alpha"));
        registry().put(Items.ready("alpha"));
        assertThat(deliver()).isEmpty();
        AlgorithmItem tuning = registry().find("alpha").orElseThrow();
        assertThat(tuning.status()).isEqualTo(AlgorithmStatus.TUNING);

        // The second delivery tells of the trigger's own change too.
        assertThat(deliver()).isEmpty();
        assertThat(registry().find("alpha")).contains(tuning);
        assertThat(started).containsExactly(ExecutionName.of(tuning), ExecutionName.of(tuning));
    }

    @Test
    void itsStreamStartsNothingForEndsAndRemovals() throws IOException {
        AlgorithmItem rejected =
                Items.uploaded("alpha").refused(AlgorithmStatus.REJECTED, List.of("metadata.json: no"), Items.NOW);
        registry().put(Items.uploaded("alpha"));
        registry().put(rejected);
        registry().remove("alpha", rejected.revision());

        assertThat(deliver()).isEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void itsStreamStartsWhatWasReadyAfterALaterUploadToo() throws IOException {
        AlgorithmItem ready = Items.ready("alpha");
        registry().put(Items.uploaded("alpha"));
        registry().put(ready);
        AlgorithmItem later = ready.uploaded(Items.upload("alpha", "v2", "0B"), Items.checked("alpha"), Items.NOW);
        registry().put(later);

        assertThat(deliver()).isEmpty();
        assertThat(started).containsExactly(ExecutionName.of(ready));
        assertThat(registry().find("alpha")).contains(later);
    }

    @Test
    void itsStreamIsRefusedAtTheRecordThatNobodyCanReadAndWhatFollowsIsStarted() throws IOException {
        registry().put(Items.uploaded("alpha"));
        tables().put(table, Map.of(ItemForm.NAME, "poison", ItemForm.STATUS, "READY", ItemForm.DOCUMENT, "no item"));
        registry().put(Items.uploaded("beta"));
        registry().put(Items.ready("beta"));

        JsonNode second = Json.tree(tables().stream(table).getBytes(StandardCharsets.UTF_8))
                .at("/Records/1/dynamodb");
        assertThat(second.at("/Keys/name/S").asText()).isEqualTo("poison");
        assertThat(deliver()).containsExactly(second.path("SequenceNumber").asText());
        assertThat(started).containsExactly(ExecutionName.of(Items.ready("beta")));
        assertThatThrownBy(registry()::all)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("the registry in table " + table, "item poison", "delete it");
    }

    /** Delivers the whole stream and returns the sequence numbers that failed. */
    private List<String> deliver() throws IOException {
        Trigger trigger = new Trigger(
                (name, input) -> started.add(name),
                new StartInput("prod"),
                new TuningStatus(registry(), () -> Items.NOW));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] event = tables().stream(table).getBytes(StandardCharsets.UTF_8);
        new TriggerHandler(trigger, line -> {}).handleRequest(new ByteArrayInputStream(event), answer, NO_CONTEXT);
        List<String> failed = new ArrayList<>();
        for (JsonNode failure : Json.tree(answer.toByteArray()).path("batchItemFailures")) {
            failed.add(failure.path("itemIdentifier").asText());
        }
        return failed;
    }

    private static LocalTable tables() {
        return Objects.requireNonNull(tables, "tables");
    }
}
