// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Arrays;
import java.util.List;

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

    /** Logarithms are added up in whole millionths, as the sum of broken numbers depends on their order. */
    private static final double UNIT = 1e6;

    /**
     * One series of values, each positive.
     *
     * @param values in any order
     * @param rounds the round of each, at least 0; every round has a mean of its own
     * @param places the order in time within a round; values whose place is the same say nothing
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // Nobody compares series, and ten thousand values are not copied for nothing.
    public record Series(double[] values, int[] rounds, int[] places) {}

    /** The sums that a line through the values of one round takes. */
    private static final class Round {
        private long count;
        private long places;
        private long squaredPlaces;
        private long logs;
        private long squaredLogs;
        private long products;

        void add(int place, long log) {
            count++;
            places += place;
            squaredPlaces += (long) place * place;
            logs += log;
            squaredLogs += log * log;
            products += place * log;
        }

        double ofPlaces() {
            return squaredPlaces - (double) places * places / count;
        }

        double ofLogs() {
            return (squaredLogs - (double) logs * logs / count) / (UNIT * UNIT);
        }

        double products() {
            return (products - (double) places * logs / count) / UNIT;
        }
    }

    /** The slope that all series have in common, in whatever order their values come. */
    public static RoundTrend of(List<Series> all) {
        double products = 0;
        double ofPlaces = 0;
        double ofLogs = 0;
        double freedom = -1;
        for (Series series : all) {
            for (Round round : rounds(series)) {
                if (round.count > 0) {
                    products += round.products();
                    ofPlaces += round.ofPlaces();
                    ofLogs += round.ofLogs();
                    freedom += round.count - 1;
                }
            }
        }
        if (freedom < 1 || ofPlaces == 0) {
            return NONE;
        }
        double slope = products / ofPlaces;
        double rest = Math.max(0, ofLogs - slope * products) / freedom;
        return new RoundTrend(slope, Math.sqrt(rest / ofPlaces), freedom);
    }

    private static Round[] rounds(Series series) {
        Round[] rounds = new Round[Arrays.stream(series.rounds).max().orElse(0) + 1];
        Arrays.setAll(rounds, i -> new Round());
        double greatest = Math.log(Arrays.stream(series.values).max().orElse(1));
        for (int i = 0; i < series.values.length; i++) {
            // Off the greatest, so that squares stay small.
            long log = Math.round((Math.log(series.values[i]) - greatest) * UNIT);
            rounds[series.rounds[i]].add(series.places[i], log);
        }
        return rounds;
    }

    /** Whether a slope as steep would come of chance less often than this. */
    public boolean isSignificant(double errorRate) {
        return standardError > 0
                && 2 * StudentT.cumulative(-Math.abs(slope / standardError), degreesOfFreedom) < errorRate;
    }
}
