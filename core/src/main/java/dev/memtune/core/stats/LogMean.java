// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

/**
 * The logarithm of a mean, with what is known of its error. Durations differ by factors, so they are compared on logs; the
 * variance is that of the delta method, {@code cv² / n}.
 *
 * @param value the natural logarithm of the mean
 * @param variance of that logarithm, at least 0
 * @param degreesOfFreedom behind the variance, more than 0
 */
public record LogMean(double value, double variance, double degreesOfFreedom) {
    /** @throws IllegalArgumentException if a number is out of range */
    public LogMean {
        if (!Double.isFinite(value) || !(variance >= 0) || !(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException(
                    "value must be finite, variance at least 0, degreesOfFreedom more than 0," + " got: " + value + ", "
                            + variance + ", " + degreesOfFreedom);
        }
    }

    /** From the values alone. @throws IllegalArgumentException on fewer than two values or a mean that is not positive */
    public static LogMean of(Moments moments) {
        if (moments.count() < 2 || !(moments.mean() > 0)) {
            throw new IllegalArgumentException("needs two values and a positive mean, got: " + moments);
        }
        return new LogMean(
                Math.log(moments.mean()), moments.squaredVariation() / moments.count(), moments.count() - 1.0);
    }

    /** What so many times the values would say, were they like these. */
    public LogMean repeated(double times) {
        return new LogMean(value, variance / times, degreesOfFreedom * times);
    }

    /** This, times a factor known exactly, such as a price. */
    public LogMean times(double factor) {
        return new LogMean(value + Math.log(factor), variance, degreesOfFreedom);
    }
}
