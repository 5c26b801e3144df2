// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the input says of money.
 *
 * @param override the user's own rates; null for those of the price table
 * @param coldStartShare the part of all production invocations that start cold, 0 to 1; null if it is not stated
 * @param coldStartsFromLogs whether that part is to be estimated from the function's logs of the last day
 * @param callsPerMonth how many invocations a month of production has, at least 1; null if it is not stated
 * @param provisionedConcurrency how many environments are kept ready in production, at least 0
 */
public record Pricing(
        @Nullable PriceOverride override,
        @Nullable BigDecimal coldStartShare,
        boolean coldStartsFromLogs,
        @Nullable Long callsPerMonth,
        int provisionedConcurrency) {
    /** Nothing is said. */
    public static final Pricing NONE = new Pricing(null, null, false, null, 0);

    /** The same, {@link #NONE} for the record of a run that an earlier release began. */
    static Pricing orNone(@Nullable Pricing pricing) {
        return Objects.requireNonNullElse(pricing, NONE);
    }
}
