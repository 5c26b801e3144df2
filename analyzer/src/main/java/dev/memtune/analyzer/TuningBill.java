// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.BilledCall;
import dev.memtune.core.price.ExplorationCost;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.TuningCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Adds up what the tuning itself cost. */
final class TuningBill {
    /** Initialize, Publish, IsPublished, Promote, Clean, Record, IsSuccess, Succeeded. */
    private static final int TRANSITIONS_PER_RUN = 8;
    /** Measure, Analyze, IsDecided. */
    private static final int TRANSITIONS_PER_ROUND = 3;
    /** Execute, IsExecuted, and Executed or a wait. */
    private static final int TRANSITIONS_PER_CALL = 3;

    private final Evidence evidence;
    private final Accounts accounts;
    private final Price price;
    private final Price tunerPrice;

    /**
     * @param price the target's rates
     * @param tunerPrice the rates of our own functions
     */
    TuningBill(Evidence evidence, Accounts accounts, Price price, Price tunerPrice) {
        this.evidence = evidence;
        this.accounts = accounts;
        this.price = price;
        this.tunerPrice = tunerPrice;
    }

    /** The transitions so far and those to the end of a run without a failure; of waits those within Measure. */
    long transitions(int rounds) {
        long calls = accounts.usages().stream().mapToLong(StepUsage::calls).sum();
        long atLeast = (long) rounds * evidence.arms().size();
        return TRANSITIONS_PER_RUN
                + (long) TRANSITIONS_PER_ROUND * rounds
                + TRANSITIONS_PER_CALL * Math.max(calls, atLeast);
    }

    /** The cost; on a laptop neither our own steps nor their transitions are billed. */
    TuningCost cost(int rounds, boolean isMachineBilled) {
        ExplorationCost cost = ExplorationCost.of(price, calls());
        if (isMachineBilled) {
            cost = cost.withTransitions(price, transitions(rounds));
            for (StepUsage usage : accounts.usages()) {
                GbSeconds used = GbSeconds.of(BigDecimal.valueOf(usage.elapsedMs()), usage.memoryMB());
                cost = cost.withTuner(tunerPrice, used, usage.calls());
            }
        }
        if (Costs.isSnapStartCharged(evidence.run())) {
            for (Arm arm : evidence.arms().stream().filter(Arm::isPublished).toList()) {
                cost = cost.withSnapStart(price, arm.memoryMB(), restores(arm));
            }
        }
        return new TuningCost(
                cost.target().amount().doubleValue(),
                cost.tuner().amount().doubleValue(),
                cost.transitions().amount().doubleValue(),
                cost.snapStart().amount().doubleValue(),
                cost.total().amount().doubleValue(),
                cost.total().estimated());
    }

    private List<BilledCall> calls() {
        Map<String, Integer> sizes = evidence.arms().stream().collect(Collectors.toMap(Arm::id, Arm::memoryMB));
        List<BilledCall> calls = new ArrayList<>();
        for (Sample sample : evidence.samples()) {
            Long billedMs = sample.billedMs();
            Integer memoryMB = sample.memoryMB() == null ? sizes.get(sample.armId()) : sample.memoryMB();
            if (billedMs != null && memoryMB != null) {
                calls.add(new BilledCall(memoryMB, billedMs));
            }
        }
        return calls;
    }

    private long restores(Arm arm) {
        return evidence.samples().stream()
                .filter(sample -> sample.armId().equals(arm.id()) && sample.restoreMs() != null)
                .count();
    }
}
