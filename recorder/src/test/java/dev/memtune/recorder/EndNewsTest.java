// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.registry.TuningSummary;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.EndNotice;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.TuningResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EndNewsTest {
    private static final String MACHINE = "arn:aws:states:eu-central-1:123456789012:execution:memtune:";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryRunStore store = new InMemoryRunStore();
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<EndNotice> heard = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final ObjectNode state = Json.mapper().createObjectNode();
    private final String execution = MACHINE + ExecutionName.of(Items.ready("alpha"));

    @BeforeEach
    void upload() {
        AlgorithmItem ready = Items.ready("alpha");
        List.of(Items.uploaded("alpha"), ready, ready.moved(AlgorithmStatus.TUNING, "", Items.NOW))
                .forEach(registry::put);
    }

    @Test
    void aPromotionIsWrittenOnTheItem() {
        tune(execution);
        promote(Promotion.Status.PROMOTED);
        end(execution, false);

        TuningSummary summary = requireNonNull(item().tuning());
        assertThat(item().status()).isEqualTo(AlgorithmStatus.PROMOTED);
        assertThat(item().problems()).isEmpty();
        assertThat(summary.memoryMB()).isEqualTo(512);
        assertThat(summary.sentence()).isEqualTo("512 MB is the only tested size that works.\nit was asked for");
        assertThat(requireNonNull(summary.confidence()).level()).isEqualTo(0.95);
        assertThat(summary.report()).isEqualTo(Results.CHART);
        assertThat(summary.executionId()).isEqualTo(execution);
        assertThat(summary.version()).isEqualTo("7");
        assertThat(summary.previousVersion()).isEqualTo("3");
        assertThat(item().history().getLast().note()).isEqualTo("512 MB is the only tested size that works.");
    }

    @Test
    void whatIsKeptNamesNoVersion() {
        tune(execution);
        promote(Promotion.Status.KEPT);
        end(execution, false);

        assertThat(item().status()).isEqualTo(AlgorithmStatus.KEPT);
        assertThat(requireNonNull(item().tuning()).version()).isNull();
    }

    @Test
    void aTestThatFailsEverywhereRejectsWithALineForEachThingToSay() {
        begin(execution);
        fail(Rejected.class.getName(), "No size works.\n128 MB: big.json: ValueError: no");
        end(execution, false);

        assertThat(item().status()).isEqualTo(AlgorithmStatus.REJECTED);
        assertThat(item().problems())
                .startsWith("No size works.", "128 MB: big.json: ValueError: no")
                .endsWith("Run " + RunIds.of(execution) + ".");
    }

    @Test
    void anEndBeforeTheRunsRecordIsWrittenToo() {
        fail("dev.memtune.core.failure.NotTunable", "there is no function alpha");
        end(execution, false);

        assertThat(item().status()).isEqualTo(AlgorithmStatus.FAILED);
        assertThat(heard).singleElement().extracting(EndNotice::outcome).isEqualTo(Outcome.FAILED);
    }

    @Test
    void anAbortIsWrittenAfterwards() {
        begin(execution);
        fail("dev.memtune.core.failure.Cancelled", "The execution was stopped.");
        end(execution, true);

        assertThat(item().status()).isEqualTo(AlgorithmStatus.FAILED);
        assertThat(item().problems()).startsWith("The execution was stopped.");
        assertThat(heard).singleElement().extracting(EndNotice::outcome).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void aRepetitionChangesNothing() {
        tune(execution);
        promote(Promotion.Status.PROMOTED);
        end(execution, false);
        AlgorithmItem first = item();
        end(execution, false);

        assertThat(item()).isEqualTo(first);
    }

    @Test
    void whatTheExecutionRecordedStandsAfterwardsAndIsToldOnce() {
        tune(execution);
        promote(Promotion.Status.PROMOTED);
        new Recorder(store, clock).record(new RecorderInput(execution, state));
        state.removeAll();
        fail("States.TaskFailed", "The execution failed before it could record why; its history tells.");
        end(execution, true);

        assertThat(item().status()).isEqualTo(AlgorithmStatus.PROMOTED);
        assertThat(requireNonNull(item().tuning()).version()).isEqualTo("7");
        assertThat(heard).isEmpty();
    }

    @Test
    void aFailureWithoutARunIsNotToldTwice() {
        fail("dev.memtune.core.failure.BadInput", "num: must be at least 1, got: 0");
        end(execution, false);
        state.removeAll();
        fail("States.TaskFailed", "The execution failed before it could record why; its history tells.");
        end(execution, true);

        assertThat(heard).singleElement().extracting(EndNotice::outcome).isEqualTo(Outcome.BAD_INPUT);
        assertThat(item().problems()).startsWith("num: must be at least 1, got: 0");
    }

    @Test
    void aRunByHandChangesNoStatus() {
        AlgorithmItem before = item();
        tune(MACHINE + "by-hand");
        promote(Promotion.Status.PROMOTED);
        end(MACHINE + "by-hand", false);

        assertThat(item()).isEqualTo(before);
        assertThat(heard).hasSize(1);
    }

    @Test
    void anOvertakenUploadChangesNoStatus() {
        registry.put(item().uploaded(Items.upload("alpha", "v2", "0B"), Items.checked("alpha"), Items.NOW));
        AlgorithmItem before = item();
        tune(execution);
        promote(Promotion.Status.PROMOTED);
        end(execution, false);

        assertThat(item()).isEqualTo(before);
    }

    @Test
    void readsAgainWhenAnotherWriterWasFirst() {
        Registry busy = new Overtaken(registry, 2);
        tune(execution);
        promote(Promotion.Status.PROMOTED);
        new Recorder(store, clock)
                .telling(new EndNews(new TuningStatus(busy, clock), List.of(), log::add))
                .record(new RecorderInput(execution, state));

        assertThat(item().status()).isEqualTo(AlgorithmStatus.PROMOTED);
    }

    @Test
    void failsWhereOthersAlwaysComeFirstSoThatItIsRepeated() {
        EndNews news = new EndNews(new TuningStatus(new Overtaken(registry, 100), clock), List.of(), log::add);
        tune(execution);
        promote(Promotion.Status.PROMOTED);

        assertThatIllegalStateException()
                .isThrownBy(() -> new Recorder(store, clock).telling(news).record(new RecorderInput(execution, state)))
                .withMessageContaining("changed by others 10 times");
    }

    @Test
    void whoCannotBeReachedFailsNoRun() {
        EndNews news = new EndNews(
                new TuningStatus(registry, clock),
                List.of(
                        notice -> {
                            throw new IllegalStateException("no such topic");
                        },
                        heard::add),
                log::add);
        tune(execution);
        promote(Promotion.Status.PROMOTED);
        RecorderOutput output = new Recorder(store, clock).telling(news).record(new RecorderInput(execution, state));

        assertThat(output.success()).isTrue();
        assertThat(heard).hasSize(1);
        assertThat(log).singleElement().asString().contains("was not announced", "no such topic");
    }

    private AlgorithmItem item() {
        return registry.find("alpha").orElseThrow();
    }

    private void begin(String executionId) {
        store.create(TuningRuns.run(RunIds.of(executionId), List.of(512), 5));
    }

    private void tune(String executionId) {
        begin(executionId);
        TuningResult result = Results.tuning(RunIds.of(executionId));
        store.putDocument(RunIds.of(executionId), TuningResult.DOCUMENT, Json.write(result));
    }

    private void promote(Promotion.Status status) {
        Promotion promotion = new Promotion(status, "prod", "3", "7", 1024, 512, "it was asked for");
        state.set("promotion", Json.mapper().valueToTree(promotion));
    }

    private void fail(String error, String message) {
        String cause = Json.write(Json.mapper().createObjectNode().put("errorMessage", message));
        state.putObject("failure").put("Error", error).put("Cause", cause);
    }

    private void end(String executionId, boolean afterwards) {
        new Recorder(store, clock)
                .telling(new EndNews(new TuningStatus(registry, clock), List.of(heard::add), log::add))
                .record(new RecorderInput(executionId, state, afterwards));
    }

    /** A registry in which somebody else is first, a number of times. */
    private static final class Overtaken implements Registry {
        private final Registry registry;
        private int left;

        Overtaken(Registry registry, int times) {
            this.registry = registry;
            this.left = times;
        }

        @Override
        public Optional<AlgorithmItem> find(String name) {
            return registry.find(name);
        }

        @Override
        public List<AlgorithmItem> all() {
            return registry.all();
        }

        @Override
        public boolean put(AlgorithmItem item) {
            left--;
            return left < 0 && registry.put(item);
        }

        @Override
        public boolean remove(String name, long revision) {
            return registry.remove(name, revision);
        }
    }
}
