// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link RunStore} does. An adapter's test implements {@link #store()}. */
public interface RunStoreContract {

    /** The empty store under test: the same one during one test. */
    RunStore store();

    /** Another opening of the same store, as a second process would have it. */
    default RunStore reopened() {
        return store();
    }

    @Test
    default void findsWhatWasCreated() {
        Run run = SampleRuns.run("r1");
        store().create(run);
        assertThat(reopened().find("r1")).contains(run);
        assertThat(reopened().token("r1")).isEqualTo(1);
    }

    @Test
    default void createdAgainChangesNothing() {
        Run run = SampleRuns.run("r1");
        store().create(run);
        store().raiseToken("r1");
        store().append("r1", 2, SampleRuns.entry(Kind.MEMORY_INTENT, 128));
        store().create(run);
        assertThat(store().token("r1")).isEqualTo(2);
        assertThat(store().ledger("r1")).hasSize(1);
    }

    @Test
    default void replacesARecordAndNothingElse() {
        store().create(SampleRuns.run("r1"));
        long token = store().raiseToken("r1");
        store().append("r1", token, SampleRuns.entry(Kind.LEASE_INTENT, 128));
        store().putDocument("r1", "result", "{}");
        Run later = SampleRuns.later("r1");
        store().revise(later);
        assertThat(reopened().find("r1")).contains(later);
        assertThat(reopened().token("r1")).isEqualTo(token);
        assertThat(reopened().ledger("r1")).hasSize(1);
        assertThat(reopened().document("r1", "result")).contains("{}");
    }

    @Test
    default void refusesAnotherExecutionUnderTheSameId() {
        store().create(SampleRuns.run("r1", "execution-1"));
        Run other = SampleRuns.run("r1", "execution-2");
        assertThatThrownBy(() -> store().create(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("r1");
        assertThat(store().find("r1").orElseThrow().executionId()).isEqualTo("execution-1");
    }

    @Test
    default void keepsWhereATargetWasBesideTheRuns() {
        Rollback first = SampleRuns.rollback("prod", "r1");
        Rollback ofLatest = SampleRuns.rollback("$LATEST", "r2");
        store().putRollback(first);
        store().putRollback(ofLatest);
        assertThat(reopened().rollback(first.functionArn(), "prod")).contains(first);
        assertThat(reopened().rollback(first.functionArn(), "$LATEST")).contains(ofLatest);
        assertThat(store().unfinished()).isEmpty();
    }

    @Test
    default void replacesWhereATargetWas() {
        Rollback later = SampleRuns.rollback("prod", "r2");
        store().putRollback(SampleRuns.rollback("prod", "r1"));
        store().putRollback(later);
        assertThat(reopened().rollback(later.functionArn(), "prod")).contains(later);
        assertThat(store().rollback(later.functionArn() + "-other", "prod")).isEmpty();
        assertThat(store().rollback(later.functionArn(), "beta")).isEmpty();
    }

    @Test
    default void knowsNothingOfAnUnknownRun() {
        assertThat(store().find("none")).isEmpty();
        assertThat(store().token("none")).isZero();
        assertThat(store().ledger("none")).isEmpty();
        assertThat(store().samples("none")).isEmpty();
        assertThat(store().infeasible("none")).isEmpty();
        assertThat(store().isCancelRequested("none")).isFalse();
        assertThat(store().document("none", "result")).isEmpty();
        assertThat(store().unfinished()).isEmpty();
    }

    @Test
    default void refusesToWriteForAnUnknownRun() {
        LedgerEntry entry = SampleRuns.entry(Kind.MEMORY_INTENT, 128);
        List<Sample> samples = List.of(SampleRuns.sample("m128", 0, 1));
        Infeasible infeasible = SampleRuns.infeasible(128, "no");
        assertThatThrownBy(() -> store().append("none", 1, entry)).isInstanceOf(StaleToken.class);
        assertThatThrownBy(() -> store().append("none", 0, entry)).isInstanceOf(StaleToken.class);
        assertThatThrownBy(() -> store().raiseToken("none")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().putSamples("none", samples)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().putInfeasible("none", infeasible))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().putDocument("none", "result", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().revise(SampleRuns.run("none"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().requestCancel("none")).isInstanceOf(IllegalArgumentException.class);
        assertThat(store().find("none")).isEmpty();
    }

    @Test
    default void keepsTheLedgerInOrder() {
        store().create(SampleRuns.run("r1"));
        List<LedgerEntry> entries = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            LedgerEntry entry = SampleRuns.entry(kind, 128 + entries.size());
            entries.add(entry);
            store().append("r1", 1, entry);
        }
        assertThat(reopened().ledger("r1")).isEqualTo(entries);
    }

    @Test
    default void raisedTokenFencesTheEarlierHolder() {
        store().create(SampleRuns.run("r1"));
        assertThat(reopened().raiseToken("r1")).isEqualTo(2);
        LedgerEntry entry = SampleRuns.entry(Kind.MEMORY_INTENT, 128);
        assertThatThrownBy(() -> store().append("r1", 1, entry))
                .isInstanceOf(StaleToken.class)
                .hasMessageContaining("r1")
                .hasMessageContaining("1")
                .hasMessageContaining("2");
        assertThatThrownBy(() -> store().append("r1", 3, entry)).isInstanceOf(StaleToken.class);
        assertThat(store().ledger("r1")).isEmpty();
        store().append("r1", 2, entry);
        assertThat(store().ledger("r1")).containsExactly(entry);
    }

    @Test
    default void raisesEveryTokenOnceUnderConcurrency() throws Exception {
        store().create(SampleRuns.run("r1"));
        RunStore second = reopened();
        List<Callable<Long>> raises = IntStream.range(0, 16)
                .<Callable<Long>>mapToObj(i -> () -> (i % 2 == 0 ? store() : second).raiseToken("r1"))
                .toList();
        List<Long> tokens = inParallel(raises);
        assertThat(tokens)
                .containsExactlyInAnyOrder(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L);
        assertThat(store().token("r1")).isEqualTo(17);
    }

    @Test
    default void losesNoEntryUnderConcurrency() throws Exception {
        store().create(SampleRuns.run("r1"));
        RunStore second = reopened();
        List<Callable<Long>> appends = IntStream.range(0, 32)
                .<Callable<Long>>mapToObj(i -> () -> {
                    LedgerEntry entry = SampleRuns.entry(Kind.PUBLISHED, 128 + i);
                    (i % 2 == 0 ? store() : second).append("r1", 1, entry);
                    return (long) i;
                })
                .toList();
        inParallel(appends);
        assertThat(store().ledger("r1").stream().map(LedgerEntry::memoryMB).collect(Collectors.toSet()))
                .hasSize(32);
        assertThat(store().ledger("r1")).hasSize(32);
    }

    @Test
    default void sampleOfTheSameArmAndIndexReplacesTheEarlier() {
        store().create(SampleRuns.run("r1"));
        store().putSamples("r1", List.of(SampleRuns.sample("m256", 1, 10), SampleRuns.sample("m128", 1, 20)));
        store().putSamples("r1", List.of(SampleRuns.sample("m128", 0, 30), SampleRuns.sample("m128", 1, 40)));
        store().putSamples("r1", List.of());
        assertThat(reopened().samples("r1"))
                .containsExactly(
                        SampleRuns.sample("m128", 0, 30),
                        SampleRuns.sample("m128", 1, 40),
                        SampleRuns.sample("m256", 1, 10));
    }

    @Test
    default void keepsEveryFieldOfASample() {
        store().create(SampleRuns.run("r1"));
        Sample unanswered = new Sample(
                "m128",
                2,
                7,
                "a b/ü\"\n.json",
                Sample.Outcome.UNANSWERED,
                "",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "connection lost");
        Sample cold = new Sample(
                "m128",
                2,
                8,
                "x",
                Sample.Outcome.MEASURED,
                "id",
                0.1 + 0.2,
                3_000_000_000L,
                128,
                77,
                1e-3,
                812.25,
                "Sandbox.Timedout",
                null,
                true,
                true);
        store().putSamples("r1", List.of(unanswered, cold));
        assertThat(reopened().samples("r1")).containsExactly(unanswered, cold);
    }

    @Test
    default void keepsManySamples() {
        store().create(SampleRuns.run("r1"));
        for (int batch = 0; batch < 4; batch++) {
            int first = batch * 1000;
            store().putSamples(
                            "r1",
                            IntStream.range(first, first + 1000)
                                    .mapToObj(i -> SampleRuns.sample("m128", i, i))
                                    .toList());
        }
        assertThat(reopened().samples("r1"))
                .hasSize(4000)
                .extracting(Sample::index)
                .isSorted();
    }

    @Test
    default void firstNoteOnAnArmStays() {
        store().create(SampleRuns.run("r1"));
        Infeasible first = SampleRuns.infeasible(512, "first");
        Infeasible smaller = SampleRuns.infeasible(128, "smaller");
        store().putInfeasible("r1", first);
        store().putInfeasible("r1", SampleRuns.infeasible(512, "second"));
        store().putInfeasible("r1", smaller);
        assertThat(reopened().infeasible("r1")).containsExactly(smaller, first);
    }

    @Test
    default void cancelIsSeenElsewhere() {
        store().create(SampleRuns.run("r1"));
        assertThat(store().isCancelRequested("r1")).isFalse();
        store().requestCancel("r1");
        store().requestCancel("r1");
        assertThat(reopened().isCancelRequested("r1")).isTrue();
    }

    @Test
    default void documentReplacesTheEarlierOfItsName() {
        store().create(SampleRuns.run("r1"));
        store().putDocument("r1", "result", "{\"a\":1}");
        store().putDocument("r1", "report.v2", "[\"ü\"]");
        store().putDocument("r1", "result", "{\"a\":2}");
        assertThat(reopened().document("r1", "result")).contains("{\"a\":2}");
        assertThat(reopened().document("r1", "report.v2")).contains("[\"ü\"]");
        assertThat(reopened().document("r1", "other")).isEmpty();
    }

    @Test
    default void keepsALargeDocument() {
        store().create(SampleRuns.run("r1"));
        String json = '"' + "ü0123456789".repeat(100_000) + '"';
        store().putDocument("r1", "result", json);
        assertThat(reopened().document("r1", "result")).contains(json);
    }

    @Test
    default void keepsRunsApart() {
        store().create(SampleRuns.run("r1"));
        store().create(SampleRuns.run("r2"));
        store().raiseToken("r2");
        store().append("r1", 1, SampleRuns.entry(Kind.MEMORY_INTENT, 128));
        store().putSamples("r1", List.of(SampleRuns.sample("m128", 0, 1)));
        store().putDocument("r1", "result", "{}");
        store().requestCancel("r1");
        assertThat(store().ledger("r2")).isEmpty();
        assertThat(store().samples("r2")).isEmpty();
        assertThat(store().document("r2", "result")).isEmpty();
        assertThat(store().isCancelRequested("r2")).isFalse();
        assertThat(store().token("r1")).isEqualTo(1);
    }

    @Test
    default void runIsUnfinishedUntilItsLedgerEndsCleaned() {
        Run clean = SampleRuns.run("clean");
        Run fresh = SampleRuns.run("fresh");
        Run reopenedLater = SampleRuns.run("again");
        for (Run run : List.of(clean, fresh, reopenedLater)) {
            store().create(run);
        }
        store().append("clean", 1, SampleRuns.entry(Kind.CLEANED, 128));
        store().append("again", 1, SampleRuns.entry(Kind.CLEANED, 128));
        store().append("again", 1, SampleRuns.entry(Kind.MEMORY_INTENT, 128));
        assertThat(reopened().unfinished()).containsExactlyInAnyOrder(fresh, reopenedLater);
    }

    private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
