// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * What one unit costs.
 *
 * @param amount the price of one unit, not negative
 * @param currency its currency
 * @param source where it was read
 * @param estimated whether it is not known for the region, but taken from another
 */
public record Rate(BigDecimal amount, Currency currency, PriceSource source, boolean estimated) {

    /** @throws IllegalArgumentException if the amount is negative */
    public Rate {
        requireNonNull(amount, "amount");
        requireNonNull(currency, "currency");
        requireNonNull(source, "source");
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a rate must not be negative, got: " + amount);
        }
    }

    /** Returns the cost of so many units, exactly. Nothing costs nothing, whatever the rate, and that is no estimate. */
    public Cost times(BigDecimal units) {
        return new Cost(amount.multiply(units), currency, estimated && units.signum() != 0);
    }

    /** Returns this rate, marked as a guess. */
    public Rate asEstimate() {
        return new Rate(amount, currency, source, true);
    }
}
