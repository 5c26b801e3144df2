// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

/**
 * Welch's comparison of two means with unequal variances, here of logarithms: the difference is that of a ratio.
 *
 * @param difference the second's log less the first's: positive if the second is greater
 * @param standardError of the difference
 * @param degreesOfFreedom after <a href="https://doi.org/10.2307/3002019">Satterthwaite</a>
 */
public record Welch(double difference, double standardError, double degreesOfFreedom) {
    /** With so many degrees of freedom Student's distribution is the normal one, to the last digit that matters. */
    private static final double NORMAL = 1e6;

    /** Compares two. */
    public static Welch between(LogMean first, LogMean second) {
        double sum = first.variance() + second.variance();
        double divisor = first.variance() * first.variance() / first.degreesOfFreedom()
                + second.variance() * second.variance() / second.degreesOfFreedom();
        double freedom = divisor == 0 ? first.degreesOfFreedom() + second.degreesOfFreedom() : sum * sum / divisor;
        return new Welch(second.value() - first.value(), Math.sqrt(sum), freedom);
    }

    /** The two-sided p-value of "there is no difference". */
    public double pValue() {
        if (standardError == 0) {
            return difference == 0 ? 1 : 0;
        }
        return 2 * StudentT.cumulative(-Math.abs(difference / standardError), degreesOfFreedom);
    }

    /** Whether the difference is greater than a bound, at an error rate. The same as asking the lower bound, but faster. */
    public boolean exceeds(double bound, double errorRate) {
        if (standardError == 0) {
            return difference > bound;
        }
        double t = (difference - bound) / standardError;
        return t > 0 && StudentT.cumulative(-t, degreesOfFreedom) < errorRate;
    }

    /**
     * What the first is expected to lose to the second where the second is less after all, in logarithms: how probable that
     * is, times by how much. The normal distribution's, as it only guides what is bought and is no statement.
     */
    public double expectedLoss() {
        if (standardError == 0) {
            return Math.max(0, -difference);
        }
        double z = difference / standardError;
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        return standardError * (density - z * StudentT.cumulative(-z, NORMAL));
    }

    /** The least difference that is credible at an error rate on this side alone. */
    public double lowerBound(double errorRate) {
        return difference - halfWidth(errorRate);
    }

    /** The greatest difference that is credible at an error rate on this side alone. */
    public double upperBound(double errorRate) {
        return difference + halfWidth(errorRate);
    }

    private double halfWidth(double errorRate) {
        return StudentT.quantile(1 - errorRate, degreesOfFreedom) * standardError;
    }
}
