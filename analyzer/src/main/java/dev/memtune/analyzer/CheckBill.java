// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.check.CheckPlanner;
import dev.memtune.core.price.Cost;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.Contender;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.TuningCost;
import java.util.ArrayList;
import java.util.List;

/** Adds up what both versions of a check cost while they were measured, each at its own architecture's rates. */
final class CheckBill {
    private final Evidence evidence;
    private final CheckInput check;
    private final Price candidatePrice;
    private final Price baselinePrice;
    private final Cost target;

    CheckBill(Evidence evidence, CheckInput check, Price candidatePrice, Price baselinePrice) {
        this.evidence = evidence;
        this.check = check;
        this.candidatePrice = candidatePrice;
        this.baselinePrice = baselinePrice;
        this.target = target();
    }

    Spend spend() {
        GbSeconds used = GbSeconds.of(0, 1);
        int billed = 0;
        for (Contender contender : check.contenders()) {
            for (long billedMs : billedMs(contender)) {
                used = used.plus(GbSeconds.of(billedMs, contender.arm().memoryMB()));
                billed++;
            }
        }
        int invocationCount = evidence.samples().size();
        return new Spend(
                invocationCount,
                invocationCount - billed,
                used.value().doubleValue(),
                target.amount().doubleValue());
    }

    /** Of our own steps nothing is known yet; Record adds them. */
    TuningCost tuningCost() {
        Cost snapStart = snapStart();
        Cost total = target.plus(snapStart);
        return TuningCost.ofTarget(
                target.amount().doubleValue(),
                snapStart.amount().doubleValue(),
                total.amount().doubleValue(),
                total.estimated());
    }

    private Cost target() {
        Cost sum = candidatePrice.requests(0);
        for (Contender contender : check.contenders()) {
            Price price = priceOf(contender);
            for (long billedMs : billedMs(contender)) {
                sum = sum.plus(price.invocation(billedMs, contender.arm().memoryMB()));
            }
        }
        return sum;
    }

    /** Restores of both, and the snapshot of a version that the check has published itself. */
    private Cost snapStart() {
        Cost sum = candidatePrice.requests(0);
        if (!Costs.isSnapStartCharged(evidence.run())) {
            return sum;
        }
        for (Contender contender : check.contenders()) {
            int memoryMB = contender.arm().memoryMB();
            long restores = evidence.samplesOf(contender.arm()).stream()
                    .filter(sample -> sample.restoreMs() != null)
                    .count();
            sum = sum.plus(priceOf(contender).snapStartRestores(memoryMB, restores));
            if (contender.arm().version() == null) {
                sum = sum.plus(priceOf(contender).snapStartVersion(memoryMB, Price.MIN_SNAPSTART_SECONDS));
            }
        }
        return sum;
    }

    private Price priceOf(Contender contender) {
        return contender.arm().id().equals(CheckPlanner.CANDIDATE) ? candidatePrice : baselinePrice;
    }

    private List<Long> billedMs(Contender contender) {
        List<Long> all = new ArrayList<>();
        for (Sample sample : evidence.samplesOf(contender.arm())) {
            Long billedMs = sample.billedMs();
            if (billedMs != null) {
                all.add(billedMs);
            }
        }
        return all;
    }
}
