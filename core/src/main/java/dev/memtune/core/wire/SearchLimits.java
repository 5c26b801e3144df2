// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * What an answer has to keep to, and what finding it may cost. Every limit may be absent.
 *
 * @param maxDurationMs the handler's duration at {@code percentile} that a size must not exceed; null for none
 * @param percentile of the duration, {@value #MIN_PERCENTILE} to {@value #MAX_PERCENTILE}
 * @param maxCostPerMillion what a million invocations may cost, request fee included, in the price's currency; null for none
 * @param minSaving the share by which the best size must be better than the alias's before the alias is moved, 0 to 1
 * @param maxInvocations the most invocations of the run; null for what the policy takes
 * @param maxSpend the most that the tuned function's invocations may cost, in the price's currency; null for none
 * @param useLogs whether reports in the function's own logs may count as measurements of its versions' sizes
 */
public record SearchLimits(
        @Nullable Double maxDurationMs,
        double percentile,
        @Nullable Double maxCostPerMillion,
        double minSaving,
        @Nullable Integer maxInvocations,
        @Nullable Double maxSpend,
        boolean useLogs) {
    /** The percentile of {@code maxDurationMs} if none is given. */
    public static final double USUAL_PERCENTILE = 95;
    /** The least percentile that a limit may be about. */
    public static final double MIN_PERCENTILE = 50;
    /** The greatest: more would need more invocations than a search buys. */
    public static final double MAX_PERCENTILE = 99;
    /** No limits. */
    public static final SearchLimits NONE = new SearchLimits(null, USUAL_PERCENTILE, null, 0, null, null, false);

    /** @throws IllegalArgumentException if a number is out of range */
    public SearchLimits {
        requirePositive("maxDurationMs", maxDurationMs);
        requirePositive("maxCostPerMillion", maxCostPerMillion);
        requirePositive("maxSpend", maxSpend);
        requirePositive("maxInvocations", maxInvocations);
        if (!(percentile >= MIN_PERCENTILE && percentile <= MAX_PERCENTILE) || !(minSaving >= 0 && minSaving <= 1)) {
            throw new IllegalArgumentException("percentile must be " + MIN_PERCENTILE + " to " + MAX_PERCENTILE
                    + " and minSaving 0 to 1, got: " + percentile + ", " + minSaving);
        }
    }

    private static void requirePositive(String name, @Nullable Number value) {
        if (value != null && !(value.doubleValue() > 0)) {
            throw new IllegalArgumentException(name + " must be more than 0, got: " + value);
        }
    }
}
