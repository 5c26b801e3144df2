// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

/**
 * How many values there are, their mean and their spread.
 *
 * @param count how many, at least 1
 * @param mean the arithmetic mean
 * @param variance the unbiased sample variance; 0 for one value
 */
public record Moments(int count, double mean, double variance) {
    /** @throws IllegalArgumentException if the count is below 1 or the variance negative */
    public Moments {
        if (count < 1 || !(variance >= 0)) {
            throw new IllegalArgumentException(
                    "count must be at least 1 and variance at least 0, got: " + count + ", " + variance);
        }
    }

    /** The moments of values, in two passes so that large equal parts do not cancel. */
    public static Moments of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values must not be empty, got: []");
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Moments(values.length, mean, values.length == 1 ? 0 : squares / (values.length - 1));
    }

    /** The standard error of the mean; 0 for one value, which is "unknown" rather than "none". */
    public double standardError() {
        return Math.sqrt(variance / count);
    }

    /** The squared coefficient of variation; 0 for a mean of 0. */
    public double squaredVariation() {
        return mean == 0 ? 0 : variance / (mean * mean);
    }
}
