// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

/**
 * Values of which the highest were lowered to a cap of three medians, so that one slow call does not decide. Only upwards:
 * a duration can be far too long, but not far too short. The cap needs three values to know what is usual; on fewer,
 * nothing is capped.
 *
 * @param values the values, in their order
 * @param cappedCount how many of them were lowered
 */
public record Capped(double[] values, int cappedCount) {
    /** Where the cap is, in medians. */
    public static final double CAP_MEDIANS = 3;

    private static final int MIN_VALUES = 3;

    /** Caps values. */
    public static Capped of(double[] values) {
        double[] capped = values.clone();
        if (values.length < MIN_VALUES) {
            return new Capped(capped, 0);
        }
        double cap = CAP_MEDIANS * Percentile.median(values);
        int count = 0;
        for (int i = 0; i < capped.length; i++) {
            if (capped[i] > cap) {
                capped[i] = cap;
                count++;
            }
        }
        return new Capped(capped, count);
    }

    /** The moments after capping. */
    public Moments moments() {
        return Moments.of(values);
    }
}
