// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.failure.Rejected;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.SearchNote;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.TuningState;
import dev.memtune.core.wire.TuningState.Next;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The analyzer over a whole search: what it asks for is published and measured until it decides. */
class SearchInRoundsTest {
    private static final String RUN = "run1";

    private final InMemoryRunStore store = new InMemoryRunStore();
    private final Analyzer analyzer = new Analyzer(store, PriceTableReader.bundled());
    private final Set<String> published = new HashSet<>();
    private final SplittableRandom random = new SplittableRandom(11).split();
    private int publications;
    private int rounds;

    private TuningResult search(String members, IntToDoubleFunction meanMs) {
        String json = "{\"lambdaARN\":\"work\",\"powerValues\":[128,256,512,1024,1769,3008]" + members + "}";
        TuningInput input = TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 7);
        Run run = TuningRuns.run(RUN, input, 50);
        store.create(run);
        Plan plan = Rounds.first(run, Rates.of(run, PriceTableReader.bundled()));
        TuningState state = new TuningState(new RunRef(RUN, "work", 1), plan, Next.PUBLISH, null);
        while (state.next() != Next.DECIDED) {
            assertThat(state.next() == Next.PUBLISH).isEqualTo(state.plan().pending());
            Plan ready = state.plan().pending() ? publish(state.plan()) : state.plan();
            measure(ready, meanMs);
            state = analyzer.analyze(new AnalyzerInput(state.run(), ready));
        }
        return result();
    }

    private TuningResult result() {
        return Json.read(store.document(RUN, TuningResult.DOCUMENT).orElseThrow(), TuningResult.class);
    }

    private Plan publish(Plan plan) {
        publications++;
        List<Allocation> allocations = new ArrayList<>();
        for (Allocation allocation : plan.allocations()) {
            Arm arm = TuningRuns.arm(allocation.arm().memoryMB());
            if (published.add(arm.id())) {
                store.append(RUN, 1, LedgerEntry.version(Kind.PUBLISHED, arm, arm.version(), null));
                store.append(
                        RUN,
                        1,
                        LedgerEntry.alias(Kind.ALIAS_CREATED, arm.id(), requireNonNull(arm.alias()), arm.version()));
            }
            allocations.add(allocation.withArm(arm));
        }
        return new Plan(plan.round(), allocations, plan.maxConcurrency(), false, 1);
    }

    private void measure(Plan plan, IntToDoubleFunction meanMs) {
        rounds++;
        List<Sample> samples = new ArrayList<>();
        for (Allocation allocation : plan.allocations()) {
            for (int i = 0; i < allocation.invocationCount(); i++) {
                int index = allocation.firstIndex() + i;
                samples.add(sample(allocation.arm(), plan.round(), index, meanMs));
            }
        }
        store.putSamples(RUN, samples);
    }

    private Sample sample(Arm arm, int round, int index, IntToDoubleFunction meanMs) {
        double ms = meanMs.applyAsDouble(arm.memoryMB()) * (1 + 0.02 * random.nextGaussian());
        Double initMs = index < 2 ? 200.0 : null;
        return new Sample(
                arm.id(),
                round,
                index,
                "event",
                Sample.Outcome.MEASURED,
                arm.id() + index,
                ms,
                (long) Math.ceil(ms + (initMs == null ? 0 : initMs)),
                arm.memoryMB(),
                64,
                initMs,
                null,
                null,
                null);
    }

    /** Waits: dearer with every megabyte; the run's own size is 512 MB. */
    private static double waiting(int memoryMB) {
        return 200;
    }

    private static double computing(int memoryMB) {
        return 50 + 100 * Math.max(1, 1769.0 / memoryMB);
    }

    @Test
    void measuresInRoundsAndPublishesASizeOnlyWhenItIsWanted() {
        TuningResult result = search("", SearchInRoundsTest::computing);

        assertThat(rounds).isGreaterThan(1);
        assertThat(result.search().rounds()).isEqualTo(rounds);
        assertThat(publications).isGreaterThan(1).isLessThanOrEqualTo(rounds);
    }

    @Test
    void leavesOutTheSizesThatCannotPay() {
        TuningResult result = search("", SearchInRoundsTest::waiting);

        assertThat(result.power()).isEqualTo(128);
        assertThat(published).containsExactlyInAnyOrder("m128", "m256", "m512");
        assertThat(result.search().skippedMB()).containsExactly(1024, 1769, 3008);
        assertThat(result.spend().invocations()).isLessThan(30);
    }

    @Test
    void saysTheAnswerInOneSentenceWithTheSavingAndItsInterval() {
        TuningResult result = search("", SearchInRoundsTest::waiting);

        assertThat(result.confidence().statement())
                .matches(
                        "128 MB: 7\\d % cheaper \\[7\\d\\.\\.7\\d] than the present 512 MB; no tested size is more than 5 %"
                                + " cheaper \\(95 % confidence, \\d+ invocations, \\$[0-9.]+\\)\\.");
        assertThat(requireNonNull(result.saving()).costLowPercent())
                .isLessThan(requireNonNull(result.saving()).costPercent());
        assertThat(requireNonNull(result.saving()).costHighPercent())
                .isGreaterThan(requireNonNull(result.saving()).costPercent());
    }

    @Test
    void saysWhatTheCurveShowsWhatSpeedCostsAndWhatExhaustionWouldHave() {
        SearchNote waiting = search("", SearchInRoundsTest::waiting).search();

        assertThat(waiting.findings()).extracting(SearchNote.Advice::name).contains("WAITING");
        SearchNote.ExhaustiveNote exhaustive = requireNonNull(waiting.exhaustive());
        assertThat(exhaustive.invocations()).isEqualTo(300);
        assertThat(exhaustive.cost()).isGreaterThan(5 * result().spend().cost());
    }

    @Test
    void pricesEachStepOfTheParetoFront() {
        TuningResult result = search(",\"strategy\":\"speed\"", SearchInRoundsTest::computing);

        assertThat(result.search().fasterSteps()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.savedMs()).isPositive();
            assertThat(step.costPerMs()).isEqualTo(step.addedCostPerMillion() / step.savedMs());
        });
    }

    @Test
    void takesTheCheapestSizeWithinALimitOnItsDuration() {
        // 1024 MB takes 223 ms, 1769 MB 150 ms, and is dearer.
        TuningResult result = search(",\"maxDurationMs\":200,\"percentile\":90", SearchInRoundsTest::computing);

        assertThat(result.power()).isEqualTo(1769);
        assertThat(result.confidence().statement()).contains("1769 MB: keeps p90 of warm invocations within 200 ms; ");
    }

    @Test
    void rejectsALimitThatNoSizeKeepsAndStillHasTheResult() {
        assertThatThrownBy(() -> search(",\"maxDurationMs\":100", SearchInRoundsTest::computing))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(
                        "no tested size keeps p95 of warm invocations within 100 ms, this one is the nearest to it")
                .hasMessageContaining("Relax the limit");
        assertThat(result().power()).isGreaterThanOrEqualTo(1769);
        assertThat(result().search().flags())
                .extracting(SearchNote.Advice::name)
                .contains("CONSTRAINT_NOT_MET");
    }

    @Test
    void endsWithTheBestSoFarWhenTheInvocationsAreSpent() {
        TuningResult result = search(",\"maxInvocations\":21,\"policy\":\"rigorous\"", SearchInRoundsTest::computing);

        assertThat(result.spend().invocations()).isEqualTo(21);
        assertThat(result.search().flags()).extracting(SearchNote.Advice::name).contains("BUDGET_EXHAUSTED");
    }

    @Test
    void neverSpendsMoreThanTheBudget() {
        // The function's time-out is 30 s: a round reckons with 40 s an invocation, and later ones spend what it left
        // over.
        TuningResult result = search(",\"maxSpend\":0.002,\"policy\":\"rigorous\"", SearchInRoundsTest::computing);

        assertThat(result.spend().cost()).isPositive().isLessThanOrEqualTo(0.002);
        assertThat(result.spend().invocations()).isGreaterThan(21);
    }
}
