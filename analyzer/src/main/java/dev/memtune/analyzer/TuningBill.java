// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.BilledCall;
import dev.memtune.core.price.ExplorationCost;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Arm;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.TuningCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Adds up what the tuned function cost while it was measured; what our own steps cost, Record adds. */
final class TuningBill {
    private final Evidence evidence;
    private final Price price;

    /** @param price the target's rates */
    TuningBill(Evidence evidence, Price price) {
        this.evidence = evidence;
        this.price = price;
    }

    TuningCost cost() {
        ExplorationCost cost = ExplorationCost.of(price, calls());
        if (Costs.isSnapStartCharged(evidence.run())) {
            for (Arm arm : evidence.arms().stream().filter(Arm::isPublished).toList()) {
                cost = cost.withSnapStart(price, arm.memoryMB(), restores(arm));
            }
        }
        return TuningCost.ofTarget(
                cost.target().amount().doubleValue(),
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
