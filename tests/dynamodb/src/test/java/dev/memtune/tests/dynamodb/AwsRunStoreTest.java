// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.aws.runs.AwsRunStore;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.RunStoreContract;
import dev.memtune.core.port.SampleRuns;
import dev.memtune.core.run.LedgerEntry.Kind;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Each test has a table of its own. */
class AwsRunStoreTest implements RunStoreContract {
    /** The limit of an item; DynamoDB Local enforces it too. */
    private static final int MANY_BYTES = 1_000_000;

    private static @Nullable LocalTable tables;

    private String table = "";
    private @Nullable AwsRunStore store;

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
        table = tables().create();
        store = tables().open(table);
    }

    @Override
    public RunStore store() {
        if (store == null) {
            throw new IllegalStateException("the store must be opened before the test");
        }
        return store;
    }

    @Override
    public RunStore reopened() {
        return tables().open(table);
    }

    @Test
    void keepsWhatNoItemCanHoldInPartsAndDropsThemWithIt() {
        store().create(SampleRuns.run("r1"));
        store().putDocument("r1", "result", noise(1));
        store().putDocument("r1", "result", noise(2));
        assertThat(reopened().document("r1", "result")).contains(noise(2));
        assertThat(parts()).hasSize(3);
        store().putDocument("r1", "result", "{}");
        assertThat(reopened().document("r1", "result")).contains("{}");
        assertThat(parts()).isEmpty();
    }

    @Test
    void writesOnAnInterruptedThreadAndLeavesItInterrupted() {
        store().create(SampleRuns.run("r1"));
        Thread.currentThread().interrupt();
        store().append("r1", store().raiseToken("r1"), SampleRuns.entry(Kind.MEMORY_INTENT, 128));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store().ledger("r1")).hasSize(1);
    }

    @Test
    void onlyWhatBelongsToARunExpires() {
        long earliest = Instant.now().plus(LocalTable.RETENTION).getEpochSecond();
        store().create(SampleRuns.run("r1"));
        store().append("r1", 1, SampleRuns.entry(Kind.MEMORY_INTENT, 128));
        store().putDocument("r1", "result", "{}");
        store().putRollback(SampleRuns.rollback("prod", "r1"));
        for (Map<String, AttributeValue> item : tables().items(table)) {
            if (attribute(item, "runId").s().startsWith("#")) {
                assertThat(item).doesNotContainKey("expiresAt");
            } else {
                assertThat(Long.parseLong(attribute(item, "expiresAt").n()))
                        .as(item.toString())
                        .isGreaterThanOrEqualTo(earliest);
            }
        }
        assertThat(tables().items(table)).hasSize(6);
    }

    @Test
    void namesTheTableThatCannotBeUsed() {
        RunStore nowhere = tables().open("none");
        assertThatThrownBy(() -> nowhere.find("r1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("there is no table none", "Cannot do operations on a non-existent table");
    }

    private Stream<Map<String, AttributeValue>> parts() {
        return tables().items(table).stream()
                .filter(item -> attribute(item, "itemKey").s().startsWith("part#"));
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    /** A document that no compression makes much smaller. */
    private static String noise(long seed) {
        byte[] bytes = new byte[MANY_BYTES];
        new SplittableRandom(seed).nextBytes(bytes);
        return '"' + Base64.getEncoder().encodeToString(bytes) + '"';
    }

    private static LocalTable tables() {
        if (tables == null) {
            throw new IllegalStateException("the database must run before the tests");
        }
        return tables;
    }
}
