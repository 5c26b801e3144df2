// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Arrays;

/** The mean without the extremes at both ends: the rule of AWS Lambda Power Tuning, kept for comparison with it. */
public final class TrimmedMean {
    /** The most that can be dropped at each end; as in AWS Lambda Power Tuning. */
    public static final double MAX_SHARE = 0.4;

    private TrimmedMean() {}

    /**
     * The mean of what is left when {@code floor(n share)} values are dropped at each end.
     *
     * @param values in any order, at least one
     * @param share the share dropped at each end, 0 to {@value #MAX_SHARE}
     */
    public static double of(double[] values, double share) {
        if (values.length == 0 || !(share >= 0 && share <= MAX_SHARE)) {
            throw new IllegalArgumentException("needs a value and a share between 0 and " + MAX_SHARE + ", got: "
                    + values.length + " values, " + share);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int dropped = (int) Math.floor(sorted.length * share);
        return Moments.of(Arrays.copyOfRange(sorted, dropped, sorted.length - dropped))
                .mean();
    }
}
