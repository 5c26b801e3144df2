// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.LogMean;
import dev.memtune.core.stats.Percentile;
import dev.memtune.core.stats.StudentT;
import java.util.List;

/**
 * What a size must keep to before it may be called best.
 *
 * <p>A duration's percentile is compared by where measured logarithms lie: its bounds are the mean log and the normal
 * quantile times the scatter, with the errors of both. A cost is a mean, with the error that all means have. What a bound
 * leaves open, more invocations are bought for; in the end what was seen decides.
 *
 * @param maxDurationMs of the handler at {@code percentile}; infinite for none
 * @param percentile more than 0 and less than 100
 * @param maxMegabyteMs the most billed megabyte-milliseconds of an invocation in the mean; infinite for none
 */
public record Demands(double maxDurationMs, double percentile, double maxMegabyteMs) {
    /** Nothing is demanded. */
    public static final Demands NONE = new Demands(Double.POSITIVE_INFINITY, 95, Double.POSITIVE_INFINITY);

    private static final double PERCENT = 100;
    /** A normal distribution is a t distribution with so many degrees of freedom, to the last digit that matters. */
    private static final double NORMAL = 1e6;

    /** @throws IllegalArgumentException if a number is out of range */
    public Demands {
        if (!(maxDurationMs > 0) || Double.isNaN(maxMegabyteMs) || !(percentile > 0 && percentile < PERCENT)) {
            throw new IllegalArgumentException("maxDurationMs must be above 0, percentile between 0 and 100, got: "
                    + maxDurationMs + ", " + percentile + ", " + maxMegabyteMs);
        }
    }

    /** Whether a size keeps to it. */
    enum Fit {
        /** It does, at the confidence asked for. */
        MEETS,
        /** It looks as if it does, but that is not certain. */
        SEEMS_TO_MEET,
        /** It looks as if it does not, but that is not certain. */
        SEEMS_TO_FAIL,
        /** It does not, at the confidence asked for. */
        FAILS;

        boolean isMet() {
            return this == MEETS || this == SEEMS_TO_MEET;
        }

        boolean isCertain() {
            return this == MEETS || this == FAILS;
        }
    }

    /** Whether anything is demanded. */
    public boolean isAny() {
        return maxDurationMs < Double.POSITIVE_INFINITY || maxMegabyteMs < Double.POSITIVE_INFINITY;
    }

    /** Whether a cost is demanded: then great sizes are not worth a look once they are too dear. */
    boolean isCostBounded() {
        return maxMegabyteMs < Double.POSITIVE_INFINITY;
    }

    /** How a size stands to it. */
    Fit fit(Candidate one, double errorRate) {
        Fit duration = maxDurationMs < Double.POSITIVE_INFINITY ? durationFit(one, errorRate) : Fit.MEETS;
        Fit cost = isCostBounded() ? costFit(one.cost(), errorRate) : Fit.MEETS;
        return duration.compareTo(cost) > 0 ? duration : cost;
    }

    /** How far a size is beyond what is demanded, on logarithms; 0 or less where it meets it. */
    double excess(Candidate one) {
        double duration = Math.log(seenMs(one)) - Math.log(maxDurationMs);
        double cost = maxMegabyteMs > 0 ? one.cost().value() - Math.log(maxMegabyteMs) : Double.POSITIVE_INFINITY;
        return Math.max(duration, cost);
    }

    /** Whether a size costs more than is allowed by a factor, given as its logarithm. */
    boolean isDearerBy(Candidate one, double margin) {
        return isCostBounded() && (maxMegabyteMs <= 0 || one.cost().value() > Math.log(maxMegabyteMs) + margin);
    }

    /** The sizes that meet it, as far as was seen. */
    List<Candidate> met(List<Candidate> candidates, double errorRate) {
        return candidates.stream().filter(one -> fit(one, errorRate).isMet()).toList();
    }

    private Fit costFit(LogMean cost, double errorRate) {
        if (!(maxMegabyteMs > 0)) {
            return Fit.FAILS;
        }
        double room = Math.log(maxMegabyteMs) - cost.value();
        double error = StudentT.quantile(1 - errorRate, cost.degreesOfFreedom()) * Math.sqrt(cost.variance());
        return fit(room >= 0, Math.abs(room) > error);
    }

    private Fit durationFit(Candidate one, double errorRate) {
        double seen = Math.log(seenMs(one));
        double limit = Math.log(maxDurationMs);
        double estimate = one.duration().value() + normal() * scatter(one);
        double error = StudentT.quantile(1 - errorRate, one.duration().degreesOfFreedom()) * quantileError(one);
        boolean isMet = seen <= limit;
        boolean isCertain = isMet ? estimate + error <= limit : estimate - error > limit;
        return fit(isMet, isCertain);
    }

    private static Fit fit(boolean isMet, boolean isCertain) {
        if (isMet) {
            return isCertain ? Fit.MEETS : Fit.SEEMS_TO_MEET;
        }
        return isCertain ? Fit.FAILS : Fit.SEEMS_TO_FAIL;
    }

    private double seenMs(Candidate one) {
        double[] durations = one.arm().comparable().stream()
                .mapToDouble(each -> Math.max(each.durationMs(), Candidate.LEAST_MS))
                .toArray();
        return Percentile.of(durations, percentile / PERCENT);
    }

    private double normal() {
        return StudentT.quantile(percentile / PERCENT, NORMAL);
    }

    /** Of one invocation, on logarithms: the mean's error came from it. */
    private static double scatter(Candidate one) {
        return Math.sqrt(one.duration().variance() * one.count());
    }

    /** Of an estimated quantile: that of the mean, and that of the scatter times the distance. */
    private double quantileError(Candidate one) {
        double ofMean = one.duration().variance();
        double ofScatter =
                normal() * scatter(one) / Math.sqrt(2 * one.duration().degreesOfFreedom());
        return Math.sqrt(ofMean + ofScatter * ofScatter);
    }
}
