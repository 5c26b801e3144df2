// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.OptionCost;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Standing;
import dev.memtune.core.search.Strata;
import dev.memtune.core.stats.Capped;
import dev.memtune.core.stats.Interval;
import dev.memtune.core.stats.MeanInterval;
import dev.memtune.core.stats.Moments;
import dev.memtune.core.stats.Percentile;
import dev.memtune.core.wire.SampleCounts;
import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes the rows of the table. */
final class SizeTable {
    /** One vCPU: <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">memory and CPU</a>. */
    private static final double MB_PER_VCPU = 1_769;

    private final Evidence evidence;
    private final Move.Decide decision;
    private final Goal goal;
    private final Price price;
    private final Strata strata;
    private final Costs costs;

    SizeTable(Evidence evidence, Move.Decide decision, Goal goal, Price price, Costs costs) {
        this.evidence = evidence;
        this.decision = decision;
        this.goal = goal;
        this.price = price;
        this.strata = evidence.strata();
        this.costs = costs;
    }

    List<SizeOption> rows() {
        return evidence.compared().stream().map(this::row).toList();
    }

    /** What was measured of the sizes that work. */
    List<Costs.Measured> measured() {
        List<Costs.Measured> measured = new ArrayList<>();
        for (Arm arm : evidence.compared()) {
            ArmObservations observations = evidence.observations(arm);
            if (observations.isFeasible() && !observations.measurements().isEmpty()) {
                measured.add(measured(arm, observations));
            }
        }
        return measured;
    }

    private Costs.Measured measured(Arm arm, ArmObservations observations) {
        List<Measurement> compared = observations.comparable();
        List<Measurement> cold =
                observations.measurements().stream().filter(Measurement::isCold).toList();
        Double coldMeanMs = cold.isEmpty() || compared.getFirst().isCold()
                ? null
                : (Double) Moments.of(values(cold, Measurement::billedMs)).mean();
        return new Costs.Measured(
                arm.memoryMB(), Moments.of(strata.values(compared, Measurement::billedMs)), coldMeanMs);
    }

    private SizeOption row(Arm arm) {
        ArmObservations observations = evidence.observations(arm);
        Optional<Standing> standing = decision.standings().stream()
                .filter(one -> one.armId().equals(arm.id()))
                .findFirst();
        Optional<Infeasible> infeasible = observations.isFeasible()
                ? Optional.empty()
                : evidence.infeasibleOf(arm).stream().findFirst();
        Verdict verdict = standing.map(Standing::verdict)
                .orElse(infeasible.isPresent() ? Verdict.INFEASIBLE : Verdict.NOT_MEASURED);
        Double difference = standing.map(Standing::difference).orElse(null);
        return new SizeOption(
                arm.memoryMB(),
                arm.memoryMB() / MB_PER_VCPU,
                counts(arm, observations),
                observations.measurements().isEmpty() ? null : measures(arm, observations),
                verdict,
                Words.verdict(verdict, difference, goal, infeasible),
                difference);
    }

    private SampleCounts counts(Arm arm, ArmObservations observations) {
        List<Sample> samples = evidence.samplesOf(arm);
        List<Measurement> measurements = observations.measurements();
        return new SampleCounts(
                samples.size(),
                measurements.size(),
                (int) measurements.stream().filter(Measurement::isCold).count(),
                count(samples, Sample.Outcome.FAILED),
                count(samples, Sample.Outcome.UNPARSED),
                count(samples, Sample.Outcome.DISCARDED),
                count(samples, Sample.Outcome.UNANSWERED),
                Capped.of(strata.values(observations.comparable(), Measurement::billedMs))
                        .cappedCount(),
                (int) samples.stream().filter(Sample::reportFromLogs).count(),
                (int) measurements.stream().filter(one -> !one.isBought()).count());
    }

    private static int count(List<Sample> samples, Sample.Outcome outcome) {
        return (int)
                samples.stream().filter(sample -> sample.outcome() == outcome).count();
    }

    private SizeMeasures measures(Arm arm, ArmObservations observations) {
        List<Measurement> compared = observations.comparable();
        double[] durations = values(compared, Measurement::durationMs);
        double billedMean =
                Moments.of(strata.values(compared, Measurement::billedMs)).mean();
        long seed = evidence.run().input().seed() ^ arm.memoryMB();
        Optional<Interval> interval =
                MeanInterval.of(strata.clusters(compared, Measurement::billedMs), goal.confidence(), seed);
        OptionCost warm = OptionCost.of(price, arm.memoryMB(), BigDecimal.valueOf(billedMean));
        List<Measurement> cold =
                observations.measurements().stream().filter(Measurement::isCold).toList();
        return new SizeMeasures(
                compared.getFirst().isCold(),
                billedMean,
                interval.map(Interval::low).orElse(null),
                interval.map(Interval::high).orElse(null),
                Moments.of(strata.values(compared, Measurement::durationMs)).mean(),
                Percentile.median(durations),
                Percentile.of(durations, 0.95),
                Percentile.of(durations, 0.99),
                cold.isEmpty()
                        ? null
                        : Moments.of(values(cold, Measurement::billedMs)).mean(),
                initMean(arm),
                maxMemory(arm),
                warm.computePerInvocation().amount().doubleValue(),
                costs.of(measured(arm, observations)).perMillion().amount().doubleValue());
    }

    private static double[] values(List<Measurement> measurements, ToDoubleFunction<Measurement> value) {
        return measurements.stream().mapToDouble(value).toArray();
    }

    private @Nullable Double initMean(Arm arm) {
        OptionalDouble mean = evidence.samplesOf(arm).stream()
                .filter(sample -> sample.outcome() == Sample.Outcome.MEASURED)
                .filter(sample -> sample.initMs() != null || sample.restoreMs() != null)
                .mapToDouble(sample -> orZero(sample.initMs()) + orZero(sample.restoreMs()))
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private @Nullable Integer maxMemory(Arm arm) {
        return evidence.samplesOf(arm).stream()
                .map(Sample::maxMemoryMB)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .orElse(null);
    }
}
