// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Whether later values differ from earlier ones: warming up, a busier dependency, another host.
 *
 * @param difference the later half's log mean less the earlier's: negative where it became faster
 * @param standardError of the difference; 0 where nothing is known of it
 */
public record Drift(double difference, double standardError) {
    /** No difference, and nothing known. */
    public static final Drift NONE = new Drift(0, 0);

    /** Means of a handful of autocorrelated values: two standard errors would cry wolf. */
    private static final double SIGNIFICANT_ERRORS = 3;

    private static final int MIN_VALUES_PER_HALF = 2;

    /**
     * A value and when it was taken.
     *
     * @param round the order in time; values of one round have none among themselves
     * @param value positive
     */
    public record Timed(int round, double value) {}

    /** Compares the earlier half of the rounds with the later; {@link #NONE} where the rounds do not make two halves. */
    public static Drift of(Collection<Timed> values) {
        List<Timed> positive = values.stream().filter(one -> one.value() > 0).toList();
        int half = positive.size() / 2;
        if (half < MIN_VALUES_PER_HALF) {
            return NONE;
        }
        int[] rounds = positive.stream().mapToInt(Timed::round).toArray();
        Arrays.sort(rounds);
        int boundary = rounds[half];
        int earlyCount = 0;
        while (rounds[earlyCount] < boundary) {
            earlyCount++;
        }
        if (earlyCount < MIN_VALUES_PER_HALF) {
            return NONE;
        }
        return between(positive, boundary, earlyCount);
    }

    private static Drift between(List<Timed> values, int boundary, int earlyCount) {
        double[] early = new double[earlyCount];
        double[] late = new double[values.size() - earlyCount];
        int earlier = 0;
        int later = 0;
        for (Timed one : values) {
            if (one.round() < boundary) {
                early[earlier++] = one.value();
            } else {
                late[later++] = one.value();
            }
        }
        Welch comparison = Welch.between(logMean(early), logMean(late));
        return new Drift(comparison.difference(), comparison.standardError());
    }

    private static LogMean logMean(double[] values) {
        Arrays.sort(values); // The sum of broken numbers depends on their order.
        return LogMean.of(Capped.of(values).moments());
    }

    /** Whether it is more than three standard errors. */
    public boolean isSignificant() {
        return standardError > 0 && Math.abs(difference) > SIGNIFICANT_ERRORS * standardError;
    }
}
