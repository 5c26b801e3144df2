// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * Rates that the user knows better, in the currency of the function's region; they hold for every tier.
 *
 * @param perGbSecond a GB-second of billed duration, at least 0
 * @param perMillionRequests a million requests, at least 0
 */
public record PriceOverride(BigDecimal perGbSecond, BigDecimal perMillionRequests) {
    /** @throws IllegalArgumentException if a rate is negative */
    public PriceOverride {
        requireNonNull(perGbSecond, "perGbSecond");
        requireNonNull(perMillionRequests, "perMillionRequests");
        if (perGbSecond.signum() < 0 || perMillionRequests.signum() < 0) {
            throw new IllegalArgumentException(
                    "rates must be at least 0, got: " + perGbSecond + " and " + perMillionRequests);
        }
    }
}
