// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.price.Cost;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Step;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CostReport;
import dev.memtune.core.wire.RunResult;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningResult;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Adds to the cost of a tuning or a check what our own steps cost. It is counted anew each time, so repeating it adds nothing twice. */
final class OwnBill {
    private final RunStore store;
    private final @Nullable Price price;

    /** @param price the rates of our own functions and of the state machine; null where neither is billed */
    OwnBill(RunStore store, @Nullable Price price) {
        this.store = store;
        this.price = price;
    }

    /** @param present what this call of Record has used so far */
    RunResult complete(RunResult result, StepUsage present) {
        return switch (result) {
            case CheckResult check -> complete(check, present);
            case TuningResult tuning -> complete(tuning, present);
        };
    }

    private TuningResult complete(TuningResult result, StepUsage present) {
        CostReport costs = result.costs();
        if (costs == null) {
            return result;
        }
        OwnUse use = OwnUse.read(store, result.runId()).and(Step.RECORD, present);
        return result.costing(
                bill(costs.tuning(), use, use.transitions(result.search().rounds())));
    }

    /** Every round of a check ends in Analyze. */
    private CheckResult complete(CheckResult result, StepUsage present) {
        TuningCost cost = result.cost();
        if (cost == null) {
            return result;
        }
        OwnUse use = OwnUse.read(store, result.runId()).and(Step.RECORD, present);
        return result.costing(
                bill(cost, use, use.transitions((int) use.of(Step.ANALYZE).successes())));
    }

    private TuningCost bill(TuningCost cost, OwnUse use, long transitionCount) {
        StepUsage total = use.total();
        if (price == null) {
            return new TuningCost(
                    cost.target(), 0, 0, cost.snapStart(), cost.total(), cost.estimated(), 0, 0, 0, total.throttles());
        }
        GbSeconds used = GbSeconds.of(BigDecimal.valueOf(total.mbMs()), 1);
        Cost tuner = price.compute(used).plus(price.requests(total.calls()));
        Cost transitions = price.stateTransitions(transitionCount);
        return new TuningCost(
                cost.target(),
                tuner.amount().doubleValue(),
                transitions.amount().doubleValue(),
                cost.snapStart(),
                BigDecimal.valueOf(cost.target())
                        .add(BigDecimal.valueOf(cost.snapStart()))
                        .add(tuner.amount())
                        .add(transitions.amount())
                        .doubleValue(),
                cost.estimated() || tuner.estimated() || transitions.estimated(),
                total.calls(),
                used.value().doubleValue(),
                transitionCount,
                total.throttles());
    }
}
