// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Optional;

/**
 * The interval of a difference of two means, each of which counts so many times: Welch's, with unequal variances and <a
 * href="https://doi.org/10.2307/3002019">Satterthwaite's</a> degrees of freedom. Approximate for skewed values.
 */
public final class MeanDifference {
    private MeanDifference() {}

    /**
     * A mean that counts so many times.
     *
     * @param moments of its values
     * @param factor how many times
     */
    public record Scaled(Moments moments, double factor) {}

    /**
     * The interval of the first less the second.
     *
     * @param confidence such as 0.95
     * @return empty if one of them has fewer than two values, whose error nobody knows
     */
    public static Optional<Interval> of(Scaled one, Scaled other, double confidence) {
        Moments first = one.moments();
        Moments second = other.moments();
        if (first.count() < 2 || second.count() < 2) {
            return Optional.empty();
        }
        double firstVariance = squared(first.standardError() * one.factor());
        double secondVariance = squared(second.standardError() * other.factor());
        double sum = firstVariance + secondVariance;
        double difference = first.mean() * one.factor() - second.mean() * other.factor();
        if (sum == 0) {
            return Optional.of(new Interval(difference, difference));
        }
        double freedom = squared(sum)
                / (squared(firstVariance) / (first.count() - 1) + squared(secondVariance) / (second.count() - 1));
        double half = StudentT.quantile((1 + confidence) / 2, freedom) * Math.sqrt(sum);
        return Optional.of(new Interval(difference - half, difference + half));
    }

    private static double squared(double value) {
        return value * value;
    }
}
