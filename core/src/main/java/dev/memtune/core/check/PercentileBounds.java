// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.stats.Binomial;
import dev.memtune.core.stats.Percentile;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of a percentile by order statistics: true whatever the values are distributed like. How many of n values are below
 * the percentile is binomial (David and Nagaraja, Order Statistics, 7.1).
 *
 * @param sorted the values, ascending, at least one
 * @param share which percentile, such as 0.95
 */
record PercentileBounds(double[] sorted, double share) {
    private static final int MAX_COUNT = 20_000;
    /** Each number that is tried is so much of the last one greater: exact where it is small. */
    private static final int GROWTH = 50;

    double estimate() {
        return Percentile.of(sorted, share);
    }

    /** What the percentile is not below, but for the error rate; null where there are too few values to say. */
    @Nullable
    Double low(double errorRate) {
        for (int rank = sorted.length; rank >= 1; rank--) {
            // It is below the value of this rank exactly if fewer values than that are below it.
            if (Binomial.atMost(rank - 1, sorted.length, share) <= errorRate) {
                return sorted[rank - 1];
            }
        }
        return null;
    }

    /** What the percentile is not above, but for the error rate; null where there are too few values to say. */
    @Nullable
    Double high(double errorRate) {
        for (int rank = 1; rank <= sorted.length; rank++) {
            if (1 - Binomial.atMost(rank - 1, sorted.length, share) <= errorRate) {
                return sorted[rank - 1];
            }
        }
        return null;
    }

    /**
     * About how many values would show on which side of a limit the percentile is, if as large a share of them went over it as
     * of these; empty if that would take more than {@value #MAX_COUNT}.
     */
    OptionalInt toShow(double limit, double passErrorRate, double failErrorRate) {
        long above = Arrays.stream(sorted).filter(value -> value > limit).count();
        double seen = (double) above / sorted.length;
        double tail = 1 - share;
        for (int count = sorted.length + 1; count <= MAX_COUNT; count += 1 + count / GROWTH) {
            int expected = (int) Math.round(seen * count);
            boolean isShown = seen > tail
                    ? 1 - Binomial.atMost(expected - 1, count, tail) <= failErrorRate
                    : Binomial.atMost(expected, count, tail) <= passErrorRate;
            if (isShown) {
                return OptionalInt.of(count);
            }
        }
        return OptionalInt.empty();
    }
}
