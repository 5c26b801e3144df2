// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Collection;
import java.util.Comparator;
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
        List<Timed> sorted = values.stream()
                .filter(one -> one.value() > 0)
                .sorted(Comparator.comparingInt(Timed::round).thenComparingDouble(Timed::value))
                .toList();
        int half = sorted.size() / 2;
        if (half < MIN_VALUES_PER_HALF) {
            return NONE;
        }
        int boundary = sorted.get(half).round();
        double[] early =
                values(sorted.stream().filter(one -> one.round() < boundary).toList());
        double[] late =
                values(sorted.stream().filter(one -> one.round() >= boundary).toList());
        if (early.length < MIN_VALUES_PER_HALF || late.length < MIN_VALUES_PER_HALF) {
            return NONE;
        }
        Welch comparison = Welch.between(
                LogMean.of(Capped.of(early).moments()),
                LogMean.of(Capped.of(late).moments()));
        return new Drift(comparison.difference(), comparison.standardError());
    }

    private static double[] values(List<Timed> values) {
        return values.stream().mapToDouble(Timed::value).toArray();
    }

    /** Whether it is more than three standard errors. */
    public boolean isSignificant() {
        return standardError > 0 && Math.abs(difference) > SIGNIFICANT_ERRORS * standardError;
    }
}
