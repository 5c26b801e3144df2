// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

/**
 * Where a mean is believed to lie.
 *
 * @param low the lower end
 * @param high the upper end, at least {@code low}
 */
public record Interval(double low, double high) {
    /** @throws IllegalArgumentException if the ends are the wrong way round or not numbers */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low must be at most high, got: " + low + ", " + high);
        }
    }

    /** Whether a value lies in it, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
