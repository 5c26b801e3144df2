// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.check.CheckPlanner;
import dev.memtune.core.check.CheckRounds;
import dev.memtune.core.check.Examination;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.failure.Undecided;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Run;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckVerdict;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.TuningState;
import dev.memtune.core.wire.TuningState.Next;
import java.util.Objects;
import java.util.Optional;

/** The analysis of a run that checks one version against another. */
final class CheckAnalysis {
    private final RunStore store;
    private final PriceTable prices;
    private final Evidence evidence;
    private final CheckInput check;

    CheckAnalysis(RunStore store, PriceTable prices, Evidence evidence, CheckInput check) {
        this.store = store;
        this.prices = prices;
        this.evidence = evidence;
        this.check = check;
    }

    /** The next round or the end. @throws Rejected if a gate fails, or the candidate does not work */
    TuningState next(AnalyzerInput input) {
        Run run = evidence.run();
        Plan plan = input.plan();
        Price candidate = RunPrice.of(prices, run, check.foundCandidate().architecture());
        Price baseline = RunPrice.of(prices, run, check.foundBaseline().architecture());
        CheckPlanner planner = CheckRounds.planner(run, check, Rates.of(candidate), Rates.of(baseline));
        Observations observations = evidence.observations(plan.round());
        return switch (planner.next(observations, run.input().seed())) {
            case Move.Allocate allocate -> {
                Plan next = Rounds.plan(run, plan.round() + 1, allocate, evidence.publishedArms(), observations);
                yield new TuningState(input.run(), next, next.pending() ? Next.PUBLISH : Next.MEASURE, null);
            }
            case Move.Decide decide -> {
                Examination examination = planner.examine(observations);
                CheckResult result =
                        new CheckResultBuilder(evidence, check, candidate, baseline).build(examination, broken());
                store.putDocument(run.runId(), CheckResult.DOCUMENT, Json.write(result));
                yield decided(input, result);
            }
        };
    }

    /** The side that cannot work, the candidate first. */
    private Optional<Infeasible> broken() {
        return evidence.infeasible().stream()
                .filter(one -> one.armId().equals(CheckPlanner.CANDIDATE))
                .findFirst()
                .or(() -> evidence.infeasible().stream().findFirst());
    }

    private TuningState decided(AnalyzerInput input, CheckResult result) {
        boolean isFailure = check.undecided() == CheckInput.Undecided.FAIL;
        switch (result.verdict()) {
            case FAIL -> throw new Rejected(CheckWords.cause(result));
            case UNDECIDED -> {
                if (isFailure) {
                    throw new Undecided(CheckWords.cause(result));
                }
            }
            case PASS -> {}
        }
        Arm candidate = Objects.requireNonNullElse(
                evidence.publishedArms().get(CheckPlanner.CANDIDATE),
                check.foundCandidate().arm());
        boolean promote = evidence.run().input().promote() && result.verdict() == CheckVerdict.PASS;
        return new TuningState(input.run(), input.plan(), Next.DECIDED, new Decision(candidate, promote));
    }
}
