// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Arrays;

/**
 * How far the means of rounds are off the mean of all their values.
 *
 * @param count the rounds, at least 1
 * @param squares the sum of their squared deviations, as shares of the mean, each weighed by the round's number of values. Of
 *     values that have nothing in common it is about {@code count - 1} squared coefficients of variation
 */
public record RoundMeans(int count, double squares) {
    /** Fractions of the mean are added up in whole billionths, as the sum of broken numbers depends on their order. */
    private static final double UNIT = 1e9;

    /** @throws IllegalArgumentException if a number is out of range */
    public RoundMeans {
        if (count < 1 || !(squares >= 0)) {
            throw new IllegalArgumentException(
                    "count must be at least 1 and squares at least 0, got: " + count + ", " + squares);
        }
    }

    /**
     * Reckons them, the values lowered to three means.
     *
     * @param values at least one, in any order
     * @param rounds the round of each, at least 0
     * @param mean of the values, more than 0
     */
    public static RoundMeans of(double[] values, int[] rounds, double mean) {
        int last = Arrays.stream(rounds).max().orElse(0);
        long[] sums = new long[last + 1];
        int[] counts = new int[last + 1];
        for (int i = 0; i < values.length; i++) {
            double share = Math.min(values[i] / mean, Capped.CAP_MEDIANS) - 1;
            sums[rounds[i]] += Math.round(share * UNIT);
            counts[rounds[i]]++;
        }
        int count = 0;
        double squares = 0;
        for (int round = 0; round <= last; round++) {
            if (counts[round] > 0) {
                double sum = sums[round] / UNIT;
                squares += sum * sum / counts[round];
                count++;
            }
        }
        return new RoundMeans(count, squares);
    }
}
