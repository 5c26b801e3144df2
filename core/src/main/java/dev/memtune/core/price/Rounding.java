// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The one place where money and usage are rounded.
 *
 * <p>Sums and products are exact, and so is the way from billed milliseconds and megabytes to GB-seconds, because
 * 1,024,000 divides every whole number in 13 decimals. Two things are not: a division by a count, which keeps 34
 * significant digits, and what is shown, which is rounded half up, once, at the very end. A mean of billed durations is
 * never rounded up to a whole millisecond: AWS rounds each invocation, and they are rounded when they are read.
 */
public final class Rounding {
    /** How a division by a count rounds. */
    public static final MathContext DIVISION = MathContext.DECIMAL128;

    private Rounding() {}

    /** Returns an amount for people, with so many decimals. */
    public static BigDecimal shown(BigDecimal amount, int decimals) {
        return amount.setScale(decimals, RoundingMode.HALF_UP);
    }

    /**
     * Returns the mean of billed durations, in milliseconds.
     *
     * @throws IllegalArgumentException if there is none, or one is negative
     */
    public static BigDecimal mean(long... billedMs) {
        if (billedMs.length == 0) {
            throw new IllegalArgumentException("billedMs must not be empty: there is no mean of nothing");
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (long billed : billedMs) {
            if (billed < 0) {
                throw new IllegalArgumentException("billedMs must not be negative, got: " + billed);
            }
            sum = sum.add(BigDecimal.valueOf(billed));
        }
        return sum.divide(BigDecimal.valueOf(billedMs.length), DIVISION);
    }
}
