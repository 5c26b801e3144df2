// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * By how much values of one round are alike, and those of later rounds: the factor by which the variance of their mean is
 * greater than that of as many independent values. Rounds are few, so what the means of rounds scatter is drawn towards what
 * independent values would, and what remains of less than a third is taken for chance. Where it is not chance, each round is
 * like the next, as one environment serves for a while and then another: the means of rounds are taken for an autoregression
 * of the first order, whose sum varies {@code (1 + r) / (1 - r)} times as much (<a
 * href="https://doi.org/10.1016/0022-1694(62)90046-X">Matalas and Langbein</a>).
 *
 * @param factor at least 1
 * @param degreesOfFreedom behind it: the rounds of all series, less one of each
 */
public record DesignEffect(double factor, double degreesOfFreedom) {
    /** Nothing is alike. */
    public static final DesignEffect NONE = new DesignEffect(1, 1);

    /** As many degrees of freedom speak for 1. */
    private static final double PRIOR_WEIGHT = 6;

    private static final double CHANCE = 1.3;
    /** A dozen rounds cannot show that more than seven more are alike. */
    private static final double MOST_LIKENESS = 0.75;

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
        double lagged = 0;
        double rounds = 0;
        double freedom = 0;
        for (List<Timed> one : series) {
            Moments all =
                    Moments.of(one.stream().mapToDouble(Timed::value).sorted().toArray());
            double[] deviations = deviations(one, all.mean());
            if (deviations.length > 1 && all.variance() > 0) {
                between += products(deviations, 0) / all.variance();
                lagged += products(deviations, 1) / all.variance();
                rounds += deviations.length;
                freedom += deviations.length - 1;
            }
        }
        double factor = (PRIOR_WEIGHT + between) / (PRIOR_WEIGHT + freedom);
        if (factor <= CHANCE) {
            return NONE;
        }
        // Of deviations from their own mean the likeness comes out too small, by about one over their number.
        double likeness = Math.clamp(lagged / between + (rounds - freedom) / rounds, 0, MOST_LIKENESS);
        return new DesignEffect(factor * (1 + likeness) / (1 - likeness), freedom);
    }

    /** The sum over rounds of a deviation times that of so many rounds before. */
    private static double products(double[] deviations, int lag) {
        double sum = 0;
        for (int i = lag; i < deviations.length; i++) {
            sum += deviations[i] * deviations[i - lag];
        }
        return sum;
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
}
