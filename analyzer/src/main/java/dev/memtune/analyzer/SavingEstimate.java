// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Strata;
import dev.memtune.core.stats.Clusters;
import dev.memtune.core.stats.Interval;
import dev.memtune.core.stats.LogMean;
import dev.memtune.core.stats.Moments;
import dev.memtune.core.stats.Welch;
import dev.memtune.core.wire.Saving;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much less the best size takes than the present one, with Welch's interval of the ratio of the raw means; likeness of a
 * round's invocations widens it.
 */
final class SavingEstimate {
    private static final double PERCENT = 100;

    private final Strata strata;
    private final double confidence;

    SavingEstimate(Strata strata, double confidence) {
        this.strata = strata;
        this.confidence = confidence;
    }

    Saving of(ArmObservations best, ArmObservations present) {
        double memory = Math.log((double) best.memoryMB() / present.memoryMB());
        Share cost = share(best, present, Measurement::billedMs, memory);
        Share duration = share(best, present, Measurement::durationMs, 0);
        return new Saving(
                present.memoryMB(),
                cost.percent,
                duration.percent,
                cost.low(),
                cost.high(),
                duration.low(),
                duration.high());
    }

    private record Share(double percent, Optional<Interval> interval) {
        @Nullable
        Double low() {
            return interval.map(Interval::low).orElse(null);
        }

        @Nullable
        Double high() {
            return interval.map(Interval::high).orElse(null);
        }
    }

    private Share share(
            ArmObservations best, ArmObservations present, ToDoubleFunction<Measurement> time, double memory) {
        double[] now = strata.values(best.comparable(), time);
        double[] before = strata.values(present.comparable(), time);
        double nowMean = Moments.of(now).mean();
        double beforeMean = Moments.of(before).mean();
        if (best.armId().equals(present.armId()) || !(nowMean > 0) || !(beforeMean > 0)) {
            return new Share(0, Optional.empty());
        }
        double percent = saved(Math.log(nowMean / beforeMean) + memory);
        if (now.length < 2 || before.length < 2) {
            return new Share(percent, Optional.empty());
        }
        Welch ratio = Welch.between(logMean(present, before, time), logMean(best, now, time));
        double errorRate = (1 - confidence) / 2;
        double low = saved(ratio.upperBound(errorRate) + memory);
        double high = saved(ratio.lowerBound(errorRate) + memory);
        return new Share(percent, Optional.of(new Interval(low, high)));
    }

    private static double saved(double logRatio) {
        return -PERCENT * Math.expm1(logRatio);
    }

    private LogMean logMean(ArmObservations arm, double[] values, ToDoubleFunction<Measurement> time) {
        Moments moments = Moments.of(values);
        Clusters rounds = strata.clusters(arm.comparable(), time);
        double error = Math.max(moments.standardError(), rounds.standardError());
        double relative = error / moments.mean();
        return new LogMean(Math.log(moments.mean()), relative * relative, moments.count() - 1.0);
    }
}
