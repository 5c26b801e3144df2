// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memtune.core.failure.Cancelled;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.ColdStartEstimate;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.CostBasis;
import dev.memtune.core.wire.CostReport;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.MoneySaving;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.PriceOverride;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.core.wire.Pricing;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.Shortage;
import dev.memtune.core.wire.SizeCost;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.TuningState;
import dev.memtune.core.wire.TuningState.Next;
import dev.memtune.core.wire.Verdict;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
    private final Analyzer analyzer = new Analyzer(store, PriceTableReader.bundled());

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
    void theResultSaysHowOftenThereWasNoCapacity() {
        store.create(TuningRuns.run(RUN, SIZES, 10));
        store.putDocument(RUN, Shortage.document("m512"), Json.write(new Shortage(3, "Rate exceeded")));
        measure(SIZES, 10);
        analyze(SIZES, 10);
        assertThat(result().notes().warnings())
                .containsExactly("invocations of 512 MB waited 3 times for capacity: Rate exceeded");
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

    private CostReport costs() {
        return requireNonNull(result().costs());
    }

    /** Warm 1,000 ms and cold 1,250 ms at 512 MB, arm64 in eu-central-1; a tenth of all calls cold. */
    @Test
    void costsContainColdStartsAndAMonthWhereTheyAreStated() {
        Pricing pricing = new Pricing(null, new BigDecimal("0.1"), false, 2_000_000L, 0);
        store.create(TuningRuns.run(RUN, List.of(512), 3, Strategy.COST, pricing));
        store.putSamples(
                RUN,
                List.of(
                        TuningRuns.cold(512, 0, 1_000),
                        TuningRuns.warm(512, 1, 1_000),
                        TuningRuns.warm(512, 2, 1_000)));
        analyze(List.of(512), 3);
        SizeCost cost = costs().sizes().getFirst();
        double perMillion = 13.3334 / 2 * 1.025 + 0.2;
        assertThat(cost.coldStarts()).isTrue();
        assertThat(cost.perMillion()).isCloseTo(perMillion, within(1e-6));
        assertThat(cost.perMonth()).isCloseTo(2 * perMillion, within(1e-6));
        assertThat(requireNonNull(result().options().getFirst().measures()).costPerMillion())
                .isCloseTo(perMillion, within(1e-6));
        assertThat(result().cost()).isCloseTo(0.0000133334 / 2, within(1e-12));
        assertThat(costs().basis()).isEqualTo(new CostBasis(0.1, null, 2_000_000L, 512, false, 0));
    }

    @Test
    void takesTheShareOfColdStartsThatTheLogsTell() {
        Pricing pricing = new Pricing(null, null, true, null, 0);
        store.create(TuningRuns.run(RUN, SIZES, 10, Strategy.COST, pricing));
        store.putDocument(RUN, ColdStartEstimate.DOCUMENT, Json.write(new ColdStartEstimate(400, 8, Instant.EPOCH)));
        measure(SIZES, 10);
        analyze(SIZES, 10);
        assertThat(costs().basis()).isEqualTo(new CostBasis(0.02, 400L, null, 512, false, 0));
    }

    @Test
    void appliesTheUsersOwnRates() {
        PriceOverride own = new PriceOverride(new BigDecimal("0.00002"), BigDecimal.ONE);
        store.create(TuningRuns.run(RUN, List.of(512), 1, Strategy.COST, new Pricing(own, null, false, null, 0)));
        store.putSamples(RUN, List.of(TuningRuns.warm(512, 0, 1_000)));
        analyze(List.of(512), 1);
        assertThat(costs().sizes().getFirst().perMillion()).isCloseTo(11, within(1e-9));
        assertThat(result().price().source()).isEqualTo("input");
        assertThat(result().price().estimated()).isFalse();
    }

    /** The present 512 MB against 256 MB, which takes no more time here. */
    @Test
    void savesMoneyAgainstThePresentSizeWithAnInterval() {
        List<Integer> sizes = List.of(256, 512);
        Pricing pricing = new Pricing(null, null, false, 1_000_000L, 0);
        store.create(TuningRuns.run(RUN, sizes, 10, Strategy.COST, pricing));
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            samples.add(TuningRuns.warm(256, i, 1_000 + i));
            samples.add(TuningRuns.warm(512, i, 1_000 + i));
        }
        store.putSamples(RUN, samples);
        analyze(sizes, 10);
        assertThat(result().power()).isEqualTo(256);
        MoneySaving saving = requireNonNull(costs().saving());
        double expected = 13.3334 / 4 * 1.0045;
        assertThat(saving.perMillion()).isCloseTo(expected, within(1e-6));
        assertThat(saving.perMillionLow()).isBetween(expected * 0.98, expected);
        assertThat(saving.perMillionHigh()).isBetween(expected, expected * 1.02);
        assertThat(saving.perMonth()).isCloseTo(expected, within(1e-6));
        assertThat(saving.perMonthLow()).isCloseTo(requireNonNull(saving.perMillionLow()), within(1e-9));
    }

    @Test
    void addsUpWhatTheTunedFunctionCost() {
        store.create(TuningRuns.run(RUN, List.of(512), 1));
        store.putSamples(RUN, List.of(TuningRuns.cold(512, 0, 750)));
        analyze(List.of(512), 1);
        TuningCost cost = costs().tuning();
        // A second of half a GB and a request.
        assertThat(cost.target()).isCloseTo(0.0000133334 / 2 + 2e-7, within(1e-12));
        assertThat(cost.total()).isEqualTo(cost.target());
    }

    private static Sample restored(int index) {
        return new Sample(
                "m512",
                1,
                index,
                "event",
                Sample.Outcome.MEASURED,
                "id",
                100.0,
                150L,
                512,
                64,
                null,
                400.0,
                null,
                null);
    }

    /** The part of the tuning's cost that SnapStart has, for one size with two restores. */
    private double snapStartCost(String runtime) {
        store.create(TuningRuns.withSnapStart(TuningRuns.run(RUN, List.of(512), 2), runtime));
        store.putSamples(RUN, List.of(restored(0), restored(1)));
        analyze(List.of(512), 2);
        TuningCost cost = costs().tuning();
        assertThat(cost.total()).isCloseTo(cost.target() + cost.snapStart(), within(1e-12));
        return cost.snapStart();
    }

    @Test
    void countsTheSnapshotsOfTheTuningAndTheirRestores() {
        Price price = PriceTableReader.bundled().price("eu-central-1", Architecture.ARM64);
        double expected = price.snapStartVersion(512, Price.MIN_SNAPSTART_SECONDS)
                .plus(price.snapStartRestores(512, 2))
                .amount()
                .doubleValue();
        assertThat(expected).isPositive();
        assertThat(snapStartCost("python3.12")).isCloseTo(expected, within(1e-12));
    }

    @Test
    void countsNoSnapshotsOfJavaWhichIsFreeOfThem() {
        assertThat(snapStartCost("java21")).isZero();
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
        Plan plan = Rounds.first(TuningRuns.run(RUN, SIZES, 8), Rates.NONE);
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
        assertThat(state.plan().allocations())
                .allMatch(next -> next.firstIndex() == 1)
                .extracting(next -> next.arm().id())
                .containsExactlyInAnyOrder("m256c1", "m1024c1");
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
