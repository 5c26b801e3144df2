// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money, exact. It says whether a rate that it comes from is a guess.
 *
 * @param amount the amount, without trailing zeros; negative for a saving that is a loss
 * @param currency the currency, USD everywhere but in China
 * @param estimated whether some rate in it is not known for its region
 */
public record Cost(BigDecimal amount, Currency currency, boolean estimated) implements Comparable<Cost> {

    /** @throws NullPointerException if amount or currency is null */
    public Cost {
        amount = requireNonNull(amount, "amount").stripTrailingZeros();
        requireNonNull(currency, "currency");
    }

    /** Returns nothing, in a currency. */
    public static Cost zero(Currency currency) {
        return new Cost(BigDecimal.ZERO, currency, false);
    }

    /**
     * Returns the sum, which is estimated if either is.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Cost plus(Cost other) {
        requireSameCurrency(other);
        return new Cost(amount.add(other.amount), currency, estimated || other.estimated);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Cost minus(Cost other) {
        return plus(new Cost(other.amount.negate(), other.currency, other.estimated));
    }

    /** Returns this cost so many times, exactly. */
    public Cost times(BigDecimal factor) {
        return new Cost(amount.multiply(factor), currency, estimated);
    }

    /** Returns this cost so many times, exactly. */
    public Cost times(long factor) {
        return times(BigDecimal.valueOf(factor));
    }

    /**
     * Returns one of so many equal parts, rounded as {@link Rounding#DIVISION} says.
     *
     * @throws IllegalArgumentException if the count is not positive
     */
    public Cost dividedBy(long count) {
        if (count <= 0) {
            throw new IllegalArgumentException("count must be positive, got: " + count);
        }
        return new Cost(amount.divide(BigDecimal.valueOf(count), Rounding.DIVISION), currency, estimated);
    }

    /**
     * Compares the amounts.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    @Override
    public int compareTo(Cost other) {
        requireSameCurrency(other);
        return amount.compareTo(other.amount);
    }

    /** Returns the amount for people, such as {@code USD 2.73}. */
    public String shown(int decimals) {
        return currency.getCurrencyCode() + " "
                + Rounding.shown(amount, decimals).toPlainString();
    }

    private void requireSameCurrency(Cost other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "costs must be of one currency, got: " + currency + " and " + other.currency);
        }
    }
}
