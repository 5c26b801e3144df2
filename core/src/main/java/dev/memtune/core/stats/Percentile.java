// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Arrays;

/**
 * Percentiles by linear interpolation between the two nearest ordered values at rank {@code p (n - 1)}: type 7 of <a
 * href="https://doi.org/10.2307/2684934">Hyndman and Fan</a>, as spreadsheets, NumPy and R do by default.
 */
public final class Percentile {
    private Percentile() {}

    /**
     * The value below which a share of the values lies.
     *
     * @param values in any order, at least one
     * @param share 0 (the least) to 1 (the greatest)
     */
    public static double of(double[] values, double share) {
        if (values.length == 0 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "needs a value and a share between 0 and 1, got: " + values.length + " values, " + share);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    /** The middle value. */
    public static double median(double[] values) {
        return of(values, 0.5);
    }
}
