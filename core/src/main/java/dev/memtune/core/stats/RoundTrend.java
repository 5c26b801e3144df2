// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether values of one round rise or fall from each to the next, as they do while a function warms up: the common slope of
 * their logarithms over their places, each round having a mean of its own.
 *
 * @param slope of the logarithm from one value to the next: negative where they become faster
 * @param standardError of the slope; 0 where nothing is known of it
 * @param degreesOfFreedom behind it
 */
public record RoundTrend(double slope, double standardError, double degreesOfFreedom) {
    /** No slope, and nothing known. */
    public static final RoundTrend NONE = new RoundTrend(0, 0, 1);

    /**
     * A value and when it was taken.
     *
     * @param series what it is one of; every round of a series has a mean of its own
     * @param round the order in time of the rounds
     * @param place the order in time within a round; values whose place is the same say nothing
     * @param value positive
     */
    public record Timed(int series, int round, int place, double value) {}

    /** The sums that a line through the values takes. */
    private static final class Sums {
        private double products;
        private double ofPlaces;
        private double ofValues;
        private double freedom = -1;

        void add(List<Timed> round) {
            double mean = round.stream().mapToDouble(Sums::log).average().orElse(0);
            double middle = round.stream().mapToInt(Timed::place).average().orElse(0);
            for (Timed one : round) {
                products += (one.place() - middle) * (log(one) - mean);
                ofPlaces += (one.place() - middle) * (one.place() - middle);
                ofValues += (log(one) - mean) * (log(one) - mean);
            }
            freedom += round.size() - 1;
        }

        private static double log(Timed one) {
            return Math.log(one.value());
        }

        RoundTrend trend() {
            if (freedom < 1 || ofPlaces == 0) {
                return NONE;
            }
            double slope = products / ofPlaces;
            double rest = Math.max(0, ofValues - slope * products) / freedom;
            return new RoundTrend(slope, Math.sqrt(rest / ofPlaces), freedom);
        }
    }

    /** The slope that all series have in common, in whatever order the values come. */
    public static RoundTrend of(Collection<Timed> values) {
        Map<List<Integer>, List<Timed>> rounds = new TreeMap<>(
                Comparator.<List<Integer>>comparingInt(List::getFirst).thenComparingInt(List::getLast));
        values.stream()
                .filter(one -> one.value() > 0)
                .sorted(Comparator.comparingInt(Timed::place).thenComparingDouble(Timed::value))
                .forEach(one -> rounds.computeIfAbsent(List.of(one.series(), one.round()), key -> new ArrayList<>())
                        .add(one));
        Sums sums = new Sums();
        rounds.values().forEach(sums::add);
        return sums.trend();
    }

    /** Whether a slope as steep would come of chance less often than this. */
    public boolean isSignificant(double errorRate) {
        return standardError > 0
                && 2 * StudentT.cumulative(-Math.abs(slope / standardError), degreesOfFreedom) < errorRate;
    }
}
