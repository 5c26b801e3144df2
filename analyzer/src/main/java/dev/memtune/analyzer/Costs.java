// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.function.FunctionTraits;
import dev.memtune.core.price.ChargedExtras;
import dev.memtune.core.price.ColdStarts;
import dev.memtune.core.price.Cost;
import dev.memtune.core.price.FreeTier;
import dev.memtune.core.price.OptionCost;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.ColdStartEstimate;
import dev.memtune.core.run.Run;
import dev.memtune.core.stats.Interval;
import dev.memtune.core.stats.MeanDifference;
import dev.memtune.core.stats.MeanDifference.Scaled;
import dev.memtune.core.stats.Moments;
import dev.memtune.core.wire.CostBasis;
import dev.memtune.core.wire.MoneySaving;
import dev.memtune.core.wire.SizeCost;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What sizes cost on the basis that the input states. */
final class Costs {
    private static final double MILLION = 1e6;

    private final Price price;
    private final ChargedExtras extras;
    private final @Nullable BigDecimal coldShare;
    private final @Nullable Long coldInvocations;
    private final @Nullable Long callsPerMonth;

    Costs(Run run, Accounts accounts, Price price) {
        FunctionTraits traits = run.before().traits();
        this.price = price;
        this.extras = new ChargedExtras(
                traits.ephemeralMB(),
                isSnapStartCharged(run),
                run.input().pricing().provisionedConcurrency());
        this.coldInvocations =
                accounts.coldStarts().map(ColdStartEstimate::invocations).orElse(null);
        this.coldShare = accounts.coldShare(run.input().pricing().coldStartShare());
        this.callsPerMonth = run.input().pricing().callsPerMonth();
    }

    /** Snapshots are free for Java: <a href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>. */
    static boolean isSnapStartCharged(Run run) {
        String runtime = run.before().runtime();
        return run.before().traits().snapStart() && (runtime == null || !runtime.startsWith("java"));
    }

    /**
     * What was measured of a size.
     *
     * @param memoryMB the memory size
     * @param billed the billed durations of warm invocations, in ms; of all where all were cold
     * @param coldBilledMeanMs that of cold ones; null without one, or where all were cold
     */
    record Measured(int memoryMB, Moments billed, @Nullable Double coldBilledMeanMs) {}

    /** The cost of a size; with cold starts where their part is known and one was measured. */
    OptionCost of(Measured size) {
        OptionCost warm = OptionCost.of(
                        price, size.memoryMB(), BigDecimal.valueOf(size.billed().mean()))
                .with(extras);
        return coldStarts(size).map(warm::with).orElse(warm);
    }

    private Optional<ColdStarts> coldStarts(Measured size) {
        BigDecimal share = coldShare;
        Double coldMeanMs = size.coldBilledMeanMs();
        return share == null || coldMeanMs == null
                ? Optional.empty()
                : Optional.of(new ColdStarts(share, BigDecimal.valueOf(coldMeanMs)));
    }

    SizeCost sizeCost(Measured size) {
        OptionCost cost = of(size);
        return new SizeCost(
                size.memoryMB(),
                amount(cost.perInvocation()),
                amount(cost.perMillion()),
                perMonth(cost),
                coldStarts(size).isPresent());
    }

    private @Nullable Double perMonth(OptionCost cost) {
        Long calls = callsPerMonth;
        return calls == null ? null : (Double) amount(cost.perMonth(BigDecimal.valueOf(calls), FreeTier.NONE));
    }

    /** The saving of a size against the present one. */
    MoneySaving saving(Measured best, Measured present, double confidence) {
        OptionCost now = of(best);
        OptionCost before = of(present);
        double perMillion = amount(before.perMillion().minus(now.perMillion()));
        Optional<Interval> interval = best.memoryMB() == present.memoryMB()
                ? Optional.of(new Interval(0, 0))
                : MeanDifference.of(scaled(present), scaled(best), confidence);
        Double below = interval.map(ends -> middle(ends) - ends.low()).orElse(null);
        Double monthly = savingPerMonth(now, before);
        Long calls = callsPerMonth;
        Double belowMonthly = below == null || calls == null ? null : (Double) (below * calls / MILLION);
        return new MoneySaving(
                perMillion,
                minus(perMillion, below),
                plus(perMillion, below),
                monthly,
                minus(monthly, belowMonthly),
                plus(monthly, belowMonthly));
    }

    private @Nullable Double savingPerMonth(OptionCost now, OptionCost before) {
        Double nowPerMonth = perMonth(now);
        Double beforePerMonth = perMonth(before);
        return nowPerMonth == null || beforePerMonth == null ? null : (Double) (beforePerMonth - nowPerMonth);
    }

    /** What a millisecond of the warm mean costs in a million invocations: the cost is linear in it. */
    private Scaled scaled(Measured size) {
        OptionCost one = OptionCost.of(price, size.memoryMB(), BigDecimal.ONE).with(extras);
        OptionCost none = OptionCost.of(price, size.memoryMB(), BigDecimal.ZERO).with(extras);
        double perMs = amount(one.perMillion().minus(none.perMillion()));
        double warmShare =
                coldStarts(size).map(cold -> 1 - cold.share().doubleValue()).orElse(1.0);
        return new Scaled(size.billed(), perMs * warmShare);
    }

    CostBasis basis() {
        return new CostBasis(
                coldShare == null ? null : (Double) coldShare.doubleValue(),
                coldInvocations,
                callsPerMonth,
                extras.ephemeralMB(),
                extras.snapStart(),
                extras.provisionedConcurrency());
    }

    private static double middle(Interval interval) {
        return (interval.low() + interval.high()) / 2;
    }

    private static @Nullable Double minus(@Nullable Double value, @Nullable Double less) {
        return value == null || less == null ? null : (Double) (value - less);
    }

    private static @Nullable Double plus(@Nullable Double value, @Nullable Double more) {
        return value == null || more == null ? null : (Double) (value + more);
    }

    private static double amount(Cost cost) {
        return cost.amount().doubleValue();
    }
}
