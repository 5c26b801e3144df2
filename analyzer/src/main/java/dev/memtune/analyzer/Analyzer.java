// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.failure.Cancelled;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Run;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Planners;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.TuningState;
import dev.memtune.core.wire.TuningState.Next;
import java.util.Objects;
import java.util.stream.Collectors;

/** Hands out the next invocations, or decides. Repeating a call gives the same answer. */
public final class Analyzer {
    /** Initialize, Publish, IsPublished, Promote, Clean, Record, IsSuccess, Succeeded. */
    private static final int TRANSITIONS_PER_RUN = 8;
    /** Measure, Analyze, IsDecided; and Execute, IsExecuted, Executed per arm. */
    private static final int TRANSITIONS_PER_ROUND = 3;

    private final RunStore store;
    private final PriceTable prices;
    private final boolean isMachineBilled;

    /**
     * Creates the step.
     *
     * @param isMachineBilled whether the state machine runs on AWS, where its transitions cost money
     */
    public Analyzer(RunStore store, PriceTable prices, boolean isMachineBilled) {
        this.store = Objects.requireNonNull(store, "store");
        this.prices = Objects.requireNonNull(prices, "prices");
        this.isMachineBilled = isMachineBilled;
    }

    /**
     * Looks at everything that was measured.
     *
     * @throws Cancelled if the run was asked to stop
     * @throws Rejected if the function works at no size
     */
    public TuningState analyze(AnalyzerInput input) {
        String runId = input.run().runId();
        if (store.isCancelRequested(runId)) {
            throw new Cancelled("run " + runId + " was asked to stop; what was measured is in the run store");
        }
        Plan plan = input.plan();
        Evidence evidence = Evidence.read(store, runId, plan);
        Run run = evidence.run();
        Observations observations = evidence.observations(plan.round());
        return switch (Planners.of(run.input()).next(observations, run.input().seed())) {
            case Move.Allocate allocate -> {
                Plan next = Rounds.plan(run, plan.round() + 1, allocate, evidence.publishedArms(), observations);
                yield new TuningState(input.run(), next, next.pending() ? Next.PUBLISH : Next.MEASURE, null);
            }
            case Move.Decide decide -> decided(input, evidence, decide);
        };
    }

    private TuningState decided(AnalyzerInput input, Evidence evidence, Move.Decide decision) {
        Run run = evidence.run();
        Standing best = decision.best().orElseThrow(() -> new Rejected(nothingWorks(evidence)));
        Arm arm = evidence.publishedArms().get(best.armId());
        if (arm == null) {
            throw new IllegalStateException("arm " + best.armId() + " was measured, but is neither in the plan nor in"
                    + " the ledger of run " + run.runId());
        }
        boolean isDryRun = run.input().procedure().dryRun();
        if (!isDryRun) {
            putResult(input, evidence, decision);
        }
        Decision decided = new Decision(arm, run.input().promote() && !isDryRun);
        return new TuningState(input.run(), input.plan(), Next.DECIDED, decided);
    }

    private void putResult(AnalyzerInput input, Evidence evidence, Move.Decide decision) {
        Run run = evidence.run();
        Price price = prices.price(
                region(run.before()), Architecture.parse(run.before().architecture()));
        long transitions = TRANSITIONS_PER_RUN
                + (long) input.plan().round()
                        * TRANSITIONS_PER_ROUND
                        * (1 + evidence.arms().size());
        double executionCost =
                isMachineBilled ? price.stateTransitions(transitions).amount().doubleValue() : 0;
        TuningResult result =
                new ResultBuilder(evidence, Planners.goal(run.input()), price).build(decision, executionCost);
        store.putDocument(run.runId(), TuningResult.DOCUMENT, Json.write(result));
    }

    private static String nothingWorks(Evidence evidence) {
        String reasons = evidence.infeasibleSizes().stream().map(Analyzer::line).collect(Collectors.joining("\n"));
        return evidence.run().function() + " works at none of the tested sizes, so there is nothing to choose from.\n"
                + (reasons.isEmpty() ? "No invocation was measured." : reasons);
    }

    private static String line(Infeasible infeasible) {
        return infeasible.memoryMB() + " MB: " + Words.reason(infeasible.reason()) + ": " + infeasible.message();
    }

    /** From the ARN, {@code arn:partition:lambda:region:account:function:name}; else a name that no price table has. */
    private static String region(FunctionConfiguration function) {
        String[] parts = function.functionArn().split(":", -1);
        return parts.length > 3 ? parts[3] : "unknown";
    }
}
