// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.check.CheckPlanner;
import dev.memtune.core.check.Examination;
import dev.memtune.core.price.OptionCost;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Run;
import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.stats.Moments;
import dev.memtune.core.stats.Percentile;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckVerdict;
import dev.memtune.core.wire.CheckedGate;
import dev.memtune.core.wire.CheckedVersion;
import dev.memtune.core.wire.Contender;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Puts the result of a check together. */
final class CheckResultBuilder {
    private final Evidence evidence;
    private final CheckInput check;
    private final Price candidatePrice;
    private final Price baselinePrice;

    CheckResultBuilder(Evidence evidence, CheckInput check, Price candidatePrice, Price baselinePrice) {
        this.evidence = evidence;
        this.check = check;
        this.candidatePrice = candidatePrice;
        this.baselinePrice = baselinePrice;
    }

    /** @param broken a side that cannot work; a candidate that cannot work fails, whatever the gates say */
    CheckResult build(Examination examination, Optional<Infeasible> broken) {
        Run run = evidence.run();
        String currency = candidatePrice.request().currency().getCurrencyCode();
        List<CheckedGate> gates = examination.readings().stream()
                .map(reading -> CheckWords.gate(reading, currency))
                .toList();
        boolean isCandidateBroken =
                broken.filter(one -> one.armId().equals(CheckPlanner.CANDIDATE)).isPresent();
        CheckVerdict verdict = isCandidateBroken ? CheckVerdict.FAIL : examination.verdict();
        CheckedVersion candidate = version(check.foundCandidate(), candidatePrice);
        CheckedVersion baseline = version(check.foundBaseline(), baselinePrice);
        String statement = broken.map(one -> one.armId() + " does not work: " + one.message())
                .orElseGet(() -> CheckWords.statement(verdict, gates, candidate, baseline, check));
        CheckBill bill = new CheckBill(evidence, check, candidatePrice, baselinePrice);
        return new CheckResult(
                verdict,
                statement,
                run.runId(),
                run.function(),
                candidate,
                baseline,
                gates,
                check.confidence(),
                check.undecided(),
                bill.spend(),
                bill.tuningCost(),
                PriceNotes.of(candidatePrice),
                null,
                run.startedAt(),
                null);
    }

    private CheckedVersion version(Contender contender, Price price) {
        Arm arm = contender.arm();
        ArmObservations observations = evidence.observations(arm);
        Arm published = evidence.publishedArms().getOrDefault(arm.id(), arm);
        List<Measurement> compared = observations.comparable();
        boolean isMeasured = !compared.isEmpty();
        double[] durations = values(compared, Measurement::durationMs);
        double billedMs =
                isMeasured ? Moments.of(values(compared, Measurement::billedMs)).mean() : 0;
        return new CheckedVersion(
                contender.name(),
                published.version(),
                arm.memoryMB(),
                contender.architecture(),
                observations.boughtCount(),
                observations.measurements().size(),
                (int) observations.measurements().stream()
                        .filter(Measurement::isCold)
                        .count(),
                isMeasured ? Moments.of(durations).mean() : null,
                isMeasured ? Percentile.median(durations) : null,
                isMeasured ? Percentile.of(durations, 0.95) : null,
                isMeasured ? billedMs : null,
                isMeasured ? perMillion(price, arm.memoryMB(), billedMs) : null);
    }

    private static double perMillion(Price price, int memoryMB, double billedMs) {
        return OptionCost.of(price, memoryMB, BigDecimal.valueOf(billedMs))
                .perMillion()
                .amount()
                .doubleValue();
    }

    private static double[] values(List<Measurement> measurements, ToDoubleFunction<Measurement> value) {
        return measurements.stream().mapToDouble(value).toArray();
    }
}
