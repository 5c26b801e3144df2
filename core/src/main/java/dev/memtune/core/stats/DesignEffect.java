// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * By how much values of one round are alike, and those of neighbouring rounds: the factor by which the variance of their mean
 * is greater than that of as many independent values (<a href="https://doi.org/10.2307/1913610">Newey and West</a>, one lag,
 * over the means of rounds). Rounds are few, so it is drawn towards 1, and what remains of a half or less is taken for
 * chance.
 *
 * @param factor at least 1
 * @param degreesOfFreedom behind it: the rounds of all series, less one of each
 */
public record DesignEffect(double factor, double degreesOfFreedom) {
    /** Nothing is alike. */
    public static final DesignEffect NONE = new DesignEffect(1, 1);

    /** As many degrees of freedom speak for 1. */
    private static final double PRIOR_WEIGHT = 6;
    /** Bartlett's weight of the first of two lags. */
    private static final double LAG_WEIGHT = 0.5;

    private static final double CHANCE = 1.5;

    /** The log of a mean whose values have this effect, one of {@code seriesCount} that it was reckoned from. */
    public LogMean on(LogMean mean, int seriesCount) {
        return factor == 1
                ? mean
                : new LogMean(
                        mean.value(),
                        factor * mean.variance(),
                        Math.min(mean.degreesOfFreedom(), Math.max(1, degreesOfFreedom / seriesCount)));
    }

    /**
     * A value and when it was taken.
     *
     * @param round the order in time
     * @param value in any unit
     */
    public record Timed(int round, double value) {}

    /** Of several series, each of which has a mean of its own. {@link #NONE} where there are too few rounds to say. */
    public static DesignEffect of(List<List<Timed>> series) {
        double between = 0;
        double freedom = 0;
        for (List<Timed> one : series) {
            Moments all =
                    Moments.of(one.stream().mapToDouble(Timed::value).sorted().toArray());
            double[] deviations = deviations(one, all.mean());
            if (deviations.length > 1 && all.variance() > 0) {
                between += squares(deviations) / all.variance();
                freedom += deviations.length - 1;
            }
        }
        double factor = (PRIOR_WEIGHT + between) / (PRIOR_WEIGHT + freedom);
        return factor > CHANCE ? new DesignEffect(factor, freedom) : NONE;
    }

    /** How far the mean of each round is off, weighed by the root of its number of values. */
    private static double[] deviations(List<Timed> values, double mean) {
        Map<Integer, double[]> rounds = new TreeMap<>();
        for (Timed value : values) {
            double[] sum = rounds.computeIfAbsent(value.round(), round -> new double[2]);
            sum[0] += value.value() - mean;
            sum[1]++;
        }
        return rounds.values().stream()
                .mapToDouble(sum -> sum[0] / Math.sqrt(sum[1]))
                .toArray();
    }

    private static double squares(double[] deviations) {
        double sum = 0;
        for (int i = 0; i < deviations.length; i++) {
            sum += deviations[i] * deviations[i];
            sum += i == 0 ? 0 : 2 * LAG_WEIGHT * deviations[i] * deviations[i - 1];
        }
        return Math.max(0, sum);
    }
}
