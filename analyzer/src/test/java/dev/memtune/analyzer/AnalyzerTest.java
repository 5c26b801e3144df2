// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memtune.core.failure.Cancelled;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.TuningState;
import dev.memtune.core.wire.TuningState.Next;
import dev.memtune.core.wire.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnalyzerTest {
    private static final String RUN = "run1";
    private static final RunRef REF = new RunRef(RUN, "work", 1);
    private static final List<Integer> SIZES = List.of(256, 512, 1024);

    private final InMemoryRunStore store = new InMemoryRunStore();
    private final Analyzer analyzer = new Analyzer(store, PriceTableReader.bundled(), false);

    private TuningState analyze(List<Integer> sizes, int num) {
        return analyzer.analyze(new AnalyzerInput(REF, TuningRuns.plan(sizes, num)));
    }

    /** 1,000 ms at 256 MB, then with less and less gain; one cold start and little noise at each size. */
    private void measure(List<Integer> sizes, int num) {
        List<Sample> samples = new ArrayList<>();
        for (int size : sizes) {
            double durationMs = Math.max(256_000.0 / size, 400);
            samples.add(TuningRuns.cold(size, 0, durationMs * 2));
            IntStream.range(1, num).forEach(i -> samples.add(TuningRuns.warm(size, i, durationMs + i % 3)));
        }
        store.putSamples(RUN, samples);
    }

    private TuningResult result() {
        return Json.read(store.document(RUN, TuningResult.DOCUMENT).orElseThrow(), TuningResult.class);
    }

    @Test
    void decidesWhenEverythingIsMeasured() {
        store.create(TuningRuns.run(RUN, SIZES, 10));
        measure(SIZES, 10);
        TuningState state = analyze(SIZES, 10);
        assertThat(state.next()).isEqualTo(Next.DECIDED);
        assertThat(state.decision()).isNotNull();
        assertThat(requireNonNull(state.decision()).best()).isEqualTo(TuningRuns.arm(512));
        assertThat(requireNonNull(state.decision()).promote()).isTrue();
    }

    @Test
    void theResultSaysEverythingTheTableShows() {
        store.create(TuningRuns.run(RUN, SIZES, 10));
        measure(SIZES, 10);
        analyze(SIZES, 10);
        TuningResult result = result();
        assertThat(result.power()).isEqualTo(512);
        assertThat(result.stats()).extracting("value").containsExactly(256, 512, 1024);
        assertThat(result.stateMachine().visualization())
                .startsWith("https://lambda-power-tuning.show/#AAEAAgAE;")
                .matches("[^;]+;[^;]+;[^;]+");
        assertThat(result.options())
                .extracting(SizeOption::verdict)
                .containsExactly(Verdict.WITHIN_TOLERANCE, Verdict.BEST, Verdict.DEARER);
        SizeOption best = result.options().get(1);
        assertThat(best.samples().cold()).isEqualTo(1);
        assertThat(best.samples().total()).isEqualTo(10);
        assertThat(best.vcpus()).isCloseTo(0.289, within(0.001));
        assertThat(best.measures()).isNotNull();
        assertThat(requireNonNull(best.measures()).coldOnly()).isFalse();
        assertThat(requireNonNull(best.measures()).billedMeanMs()).isBetween(500.0, 502.0);
        assertThat(requireNonNull(best.measures()).billedLowMs())
                .isLessThan(requireNonNull(best.measures()).billedMeanMs());
        assertThat(requireNonNull(best.measures()).p95Ms())
                .isGreaterThanOrEqualTo(requireNonNull(best.measures()).p50Ms());
        assertThat(requireNonNull(best.measures()).coldBilledMeanMs()).isEqualTo(1_250);
        assertThat(requireNonNull(best.measures()).initMeanMs()).isEqualTo(250);
        assertThat(result.confidence().statement()).contains("512 MB").contains("95 % confidence, 30 invocations");
        assertThat(result.saving()).isNotNull();
        assertThat(requireNonNull(result.saving()).presentMB()).isEqualTo(512);
        assertThat(result.paretoFront()).containsExactly(256, 512, 1024);
    }

    @Test
    void costsArePricesTimesMemoryTimesTime() {
        store.create(TuningRuns.run(RUN, List.of(512), 2));
        store.putSamples(RUN, List.of(TuningRuns.warm(512, 0, 1_000), TuningRuns.warm(512, 1, 1_000)));
        analyze(List.of(512), 2);
        TuningResult result = result();
        // eu-central-1, arm64: 0.0000133334 USD per GB-second, 0.20 USD per million requests.
        assertThat(result.cost()).isCloseTo(0.0000133334 / 2, within(1e-12));
        assertThat(result.options().getFirst().measures()).isNotNull();
        assertThat(requireNonNull(result.options().getFirst().measures()).costPerMillion())
                .isCloseTo(13.3334 / 2 + 0.2, within(1e-6));
        assertThat(result.spend().gbSeconds()).isCloseTo(1, within(1e-9));
        assertThat(result.price().region()).isEqualTo("eu-central-1");
        assertThat(result.price().estimated()).isFalse();
    }

    @Test
    void takesTheFastestUnderDuration() {
        store.create(TuningRuns.run(RUN, SIZES, 10, Strategy.DURATION));
        measure(SIZES, 10);
        assertThat(analyze(SIZES, 10).decision()).isNotNull();
        assertThat(result().power()).isEqualTo(1024);
        assertThat(result().options().getFirst().verdict()).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void asksForWhatIsMissing() {
        store.create(TuningRuns.run(RUN, SIZES, 10));
        measure(SIZES, 4);
        TuningState state = analyze(SIZES, 10);
        assertThat(state.next()).isEqualTo(Next.MEASURE);
        assertThat(state.plan().round()).isEqualTo(2);
        assertThat(state.plan().allocations())
                .allMatch(allocation -> allocation.firstIndex() == 4 && allocation.invocationCount() == 6);
    }

    @Test
    void publishesASizeThatNobodyHasPublished() {
        store.create(TuningRuns.run(RUN, SIZES, 2));
        measure(List.of(256, 512), 2);
        TuningState state = analyze(List.of(256, 512), 2);
        assertThat(state.next()).isEqualTo(Next.PUBLISH);
        assertThat(state.plan().pending()).isTrue();
        assertThat(state.plan().allocations()).extracting(Allocation::arm).containsExactly(Arm.ofSize(1024));
    }

    @Test
    void findsTheBestArmOfAnEarlierRoundInTheLedger() {
        store.create(TuningRuns.run(RUN, SIZES, 5));
        measure(SIZES, 5);
        store.append(RUN, 1, entry(LedgerEntry.Kind.PUBLISHED, null));
        store.append(RUN, 1, entry(LedgerEntry.Kind.ALIAS_CREATED, "memtune-512"));
        TuningState state = analyze(List.of(1024), 5);
        assertThat(state.decision()).isNotNull();
        assertThat(requireNonNull(state.decision()).best()).isEqualTo(new Arm("m512", 512, "7", "memtune-512"));
    }

    private static LedgerEntry entry(LedgerEntry.Kind kind, @Nullable String alias) {
        return new LedgerEntry(kind, "m512", 512, "7", alias, "marker", null);
    }

    @Test
    void aSizeThatCannotWorkIsARowWithItsReason() {
        store.create(TuningRuns.run(RUN, SIZES, 5));
        measure(List.of(512, 1024), 5);
        store.putInfeasible(RUN, new Infeasible("m256", 256, Infeasible.Reason.OUT_OF_MEMORY, "signal: killed"));
        analyze(List.of(512, 1024), 5);
        SizeOption first = result().options().getFirst();
        assertThat(first.verdictText()).isEqualTo("infeasible: out of memory");
        assertThat(first.measures()).isNull();
        assertThat(result().stats()).hasSize(2);
        assertThat(result().infeasible()).hasSize(1);
    }

    @Test
    void rejectsAFunctionThatWorksNowhere() {
        store.create(TuningRuns.run(RUN, List.of(128), 5));
        store.putInfeasible(RUN, new Infeasible("m128", 128, Infeasible.Reason.TIMED_OUT, "after 3.00 seconds"));
        assertThatThrownBy(() -> analyze(List.of(), 5))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("128 MB: timed out: after 3.00 seconds");
        assertThat(store.document(RUN, TuningResult.DOCUMENT)).isEmpty();
    }

    @Test
    void decidesNothingOnceAskedToStop() {
        store.create(TuningRuns.run(RUN, SIZES, 5));
        measure(SIZES, 5);
        store.requestCancel(RUN);
        assertThatThrownBy(() -> analyze(SIZES, 5)).isInstanceOf(Cancelled.class);
    }

    @Test
    void saysWhenOnlyOneSizeWorks() {
        store.create(TuningRuns.run(RUN, List.of(512), 3));
        measure(List.of(512), 3);
        analyze(List.of(512), 3);
        assertThat(result().confidence().statement()).contains("only tested size");
    }

    @Test
    void countsColdStartsAsAnswerWhereThereIsNothingElse() {
        store.create(TuningRuns.run(RUN, List.of(512), 2));
        store.putSamples(RUN, List.of(TuningRuns.cold(512, 0, 100), TuningRuns.cold(512, 1, 100)));
        analyze(List.of(512), 2);
        assertThat(result().options().getFirst().measures()).isNotNull();
        assertThat(requireNonNull(result().options().getFirst().measures()).coldOnly())
                .isTrue();
    }

    @Test
    void theStateStaysSmallWithManySizesAndSamples() {
        List<Integer> sizes =
                IntStream.range(0, 46).map(i -> 128 + 220 * i).boxed().toList();
        store.create(TuningRuns.run(RUN, sizes, 1_000));
        measure(sizes, 1_000);
        TuningState state = analyze(sizes, 1_000);
        assertThat(Json.write(state).getBytes(StandardCharsets.UTF_8).length).isLessThan(64 * 1_024);
        assertThat(state.next()).isEqualTo(Next.DECIDED);
    }

    @Test
    void theFirstPlanAsksForEverySizeWithinTheBound() {
        Plan plan = Rounds.first(TuningRuns.run(RUN, SIZES, 8));
        assertThat(plan.allocations()).hasSize(3).allMatch(one -> one.invocationCount() == 8);
        assertThat(plan.pending()).isTrue();
        assertThat(plan.maxConcurrency() * plan.allocations().getFirst().parallelism())
                .isLessThanOrEqualTo(10);
    }

    private Sample coldStart(int size, int repetition, double durationMs, @Nullable Double initMs) {
        long billedMs = (long) Math.ceil(durationMs + (initMs == null ? 0 : initMs));
        String arm = Arm.ofColdStart(size, repetition).id();
        return new Sample(
                arm,
                1,
                repetition,
                "event",
                Sample.Outcome.MEASURED,
                "id",
                durationMs,
                billedMs,
                size,
                64,
                initMs,
                null,
                null,
                null);
    }

    private Plan coldPlan(int count) {
        List<Allocation> allocations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (int size : List.of(256, 1024)) {
                Arm arm = Arm.ofColdStart(size, i).publishedAs(size + "" + i, "memtune-" + size + "c" + i);
                allocations.add(new Allocation(arm, i, 1, 1));
            }
        }
        return new Plan(1, allocations, 1, false, 1);
    }

    @Test
    void comparesTheColdStartsOfASizeAsOneAndWithTheirInit() {
        store.create(TuningRuns.run(
                RUN,
                "{\"lambdaARN\":\"work\",\"powerValues\":[256,1024],\"num\":3,\"onlyColdStarts\":true,"
                        + "\"strategy\":\"duration\"}"));
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            samples.add(coldStart(256, i, 100 + i, 900.0));
            samples.add(coldStart(1024, i, 100 + i, 300.0));
        }
        samples.add(coldStart(256, 3, 1, null));
        store.putSamples(RUN, samples);

        TuningState state = analyzer.analyze(new AnalyzerInput(REF, coldPlan(3)));

        assertThat(requireNonNull(state.decision()).best().id()).isEqualTo("m1024c0");
        TuningResult result = result();
        assertThat(result.power()).isEqualTo(1024);
        assertThat(result.duration()).isCloseTo(401, within(0.001));
        assertThat(result.options()).hasSize(2);
        assertThat(result.options().getFirst().samples().cold()).isEqualTo(3);
        assertThat(result.spend().invocations()).isEqualTo(7);
    }

    @Test
    void buysAnotherColdStartForOneThatWasWarm() {
        store.create(TuningRuns.run(
                RUN, "{\"lambdaARN\":\"work\",\"powerValues\":[256,1024],\"num\":1,\"onlyColdStarts\":true}"));
        store.putSamples(RUN, List.of(coldStart(256, 0, 100, null), coldStart(1024, 0, 100, 50.0)));

        TuningState state = analyzer.analyze(new AnalyzerInput(REF, coldPlan(1)));

        assertThat(state.next()).isEqualTo(Next.PUBLISH);
        assertThat(state.plan().allocations()).singleElement().satisfies(next -> {
            assertThat(next.arm().id()).isEqualTo("m256c1");
            assertThat(next.firstIndex()).isEqualTo(1);
        });
    }

    @Test
    void oneFailedColdStartIsAnAccidentAndTwoAreNone() {
        store.create(TuningRuns.run(
                RUN, "{\"lambdaARN\":\"work\",\"powerValues\":[256,1024],\"num\":2,\"onlyColdStarts\":true}"));
        store.putSamples(
                RUN,
                List.of(coldStart(1024, 0, 100, 50.0), coldStart(1024, 1, 100, 50.0), coldStart(256, 0, 100, 50.0)));
        store.putInfeasible(RUN, new Infeasible("m256c1", 256, Infeasible.Reason.FUNCTION_ERROR, "no luck"));
        assertThat(analyzer.analyze(new AnalyzerInput(REF, coldPlan(2))).next()).isEqualTo(Next.PUBLISH);

        store.putInfeasible(RUN, new Infeasible("m256c2", 256, Infeasible.Reason.FUNCTION_ERROR, "no luck"));
        assertThat(analyzer.analyze(new AnalyzerInput(REF, coldPlan(2))).next()).isEqualTo(Next.DECIDED);
        assertThat(result().infeasible()).hasSize(1);
    }

    @Test
    void givesTheFiguresOfPowerTuningUnderItsPolicy() {
        store.create(
                TuningRuns.run(RUN, "{\"lambdaARN\":\"work\",\"powerValues\":[512],\"num\":5,\"policy\":\"leader\"}"));
        store.putSamples(
                RUN,
                List.of(
                        TuningRuns.cold(512, 0, 10),
                        TuningRuns.warm(512, 1, 10.25),
                        TuningRuns.warm(512, 2, 10.5),
                        TuningRuns.warm(512, 3, 12.5),
                        TuningRuns.warm(512, 4, 90)));
        analyze(List.of(512), 5);
        TuningResult result = result();
        // One value is dropped at each end: the durations 10.25 and the 260 of the cold start; the billed 11 and 260.
        assertThat(result.duration()).isCloseTo((10.5 + 12.5 + 90) / 3, within(1e-9));
        assertThat(result.stats().getFirst().averageDuration()).isEqualTo(result.duration());
        double billedMs = Math.ceil((11 + 13 + 90) / 3.0);
        assertThat(result.cost())
                .isCloseTo(0.5 * billedMs / 1000 * result.price().perGbSecond(), within(1e-15));
    }

    @Test
    void aDryRunHasNoResultAndMovesNothing() {
        store.create(TuningRuns.run(
                RUN,
                "{\"lambdaARN\":\"work\",\"powerValues\":[512],\"dryRun\":true,\"autoOptimize\":true,"
                        + "\"autoOptimizeAlias\":\"prod\"}"));
        store.putSamples(RUN, List.of(TuningRuns.cold(512, 0, 10)));
        TuningState state = analyze(List.of(512), 1);
        assertThat(state.next()).isEqualTo(Next.DECIDED);
        assertThat(requireNonNull(state.decision()).promote()).isFalse();
        assertThat(store.document(RUN, TuningResult.DOCUMENT)).isEmpty();
    }
}
