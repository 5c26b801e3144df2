// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.failure.Cancelled;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Run;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Planners;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.Shortage;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.TuningState;
import dev.memtune.core.wire.TuningState.Next;
import dev.memtune.core.wire.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Hands out the next invocations, or decides. Repeating a call gives the same answer. */
public final class Analyzer {
    private final RunStore store;
    private final PriceTable prices;

    /** Creates the step. */
    public Analyzer(RunStore store, PriceTable prices) {
        this.store = Objects.requireNonNull(store, "store");
        this.prices = Objects.requireNonNull(prices, "prices");
    }

    /**
     * Looks at everything that was measured.
     *
     * @throws Cancelled if the run was asked to stop
     * @throws Rejected if the function works at no size, or at none that keeps to the limits, of which there is a result; or if
     *     a check fails
     * @throws dev.memtune.core.failure.Undecided if a check is undecided, and that is to be a failure
     */
    public TuningState analyze(AnalyzerInput input) {
        String runId = input.run().runId();
        if (store.isCancelRequested(runId)) {
            throw new Cancelled("run " + runId + " was asked to stop; what was measured is in the run store");
        }
        Plan plan = input.plan();
        Evidence evidence = Evidence.read(store, runId, plan);
        Run run = evidence.run();
        CheckInput check = run.input().check();
        if (check != null) {
            return new CheckAnalysis(store, prices, evidence, check).next(input);
        }
        Observations observations = evidence.observations(plan.round());
        Price price = RunPrice.of(prices, run);
        return switch (Planners.of(run, Rates.of(price))
                .next(observations, run.input().seed())) {
            case Move.Allocate allocate -> {
                Plan next = Rounds.covering(
                        Rounds.plan(run, plan.round() + 1, allocate, evidence.publishedArms(), observations),
                        run.input(),
                        evidence.payloads().size());
                yield new TuningState(input.run(), next, next.pending() ? Next.PUBLISH : Next.MEASURE, null);
            }
            case Move.Decide decide -> decided(input, evidence, decide, price);
        };
    }

    private TuningState decided(AnalyzerInput input, Evidence evidence, Move.Decide decision, Price price) {
        Run run = evidence.run();
        Standing best = decision.best().orElseThrow(() -> new Rejected(nothingWorks(evidence)));
        Arm arm = evidence.publishedArms().get(best.armId());
        if (arm == null) {
            throw new IllegalStateException("arm " + best.armId() + " was measured, but is neither in the plan nor in"
                    + " the ledger of run " + run.runId());
        }
        boolean isDryRun = run.input().procedure().dryRun();
        if (!isDryRun) {
            putResult(input, evidence, decision, price);
        }
        Decision decided = new Decision(arm, run.input().promote() && !isDryRun);
        return new TuningState(input.run(), input.plan(), Next.DECIDED, decided);
    }

    private void putResult(AnalyzerInput input, Evidence evidence, Move.Decide decision, Price price) {
        Run run = evidence.run();
        Accounts accounts = Accounts.read(store, run.runId());
        TuningCost tuningCost = new TuningBill(evidence, price).cost();
        Costs costs = new Costs(run, accounts, price);
        TuningResult result = new ResultBuilder(evidence, Planners.goal(run.input(), Rates.of(price)), price, costs)
                .build(decision, input.plan().round(), tuningCost);
        store.putDocument(run.runId(), TuningResult.DOCUMENT, Json.write(result.warned(shortages(evidence))));
        if (decision.best().filter(best -> best.verdict() == Verdict.NEAREST).isPresent()) {
            throw new Rejected(result.confidence().statement()
                    + "\nRelax the limit, name other sizes, or make the function faster; the result has every size.");
        }
    }

    private List<String> shortages(Evidence evidence) {
        String runId = evidence.run().runId();
        return evidence.arms().stream()
                .flatMap(arm -> store
                        .document(runId, Shortage.document(arm.id()))
                        .map(json -> Json.read(json, Shortage.class).warning(arm.memoryMB()))
                        .stream())
                .toList();
    }

    private static String nothingWorks(Evidence evidence) {
        String reasons = evidence.infeasibleSizes().stream().map(Analyzer::line).collect(Collectors.joining("\n"));
        return evidence.run().function() + " works at none of the tested sizes, so there is nothing to choose from.\n"
                + (reasons.isEmpty() ? "No invocation was measured." : reasons);
    }

    private static String line(Infeasible infeasible) {
        return infeasible.memoryMB() + " MB: " + Words.reason(infeasible.reason()) + ": " + infeasible.message();
    }
}
