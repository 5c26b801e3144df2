// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import java.math.BigDecimal;

/**
 * Memory (or storage) held over time, as AWS bills it: seconds times GB of 1,024 MB (<a
 * href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>). Exact.
 *
 * @param value not negative
 */
public record GbSeconds(BigDecimal value) {
    /** One millisecond of one megabyte: 1 / (1,000 × 1,024), a finite decimal. */
    private static final BigDecimal MEGABYTE_MILLISECOND = new BigDecimal("0.0000009765625");

    /** @throws IllegalArgumentException if the value is negative */
    public GbSeconds {
        value = value.stripTrailingZeros();
        if (value.signum() < 0) {
            throw new IllegalArgumentException("GB-seconds must not be negative, got: " + value);
        }
    }

    /** Returns what one invocation holds. */
    public static GbSeconds of(long billedMs, int memoryMB) {
        return of(BigDecimal.valueOf(billedMs), memoryMB);
    }

    /** Returns what a mean, or a sum, of billed durations holds. */
    public static GbSeconds of(BigDecimal billedMs, int memoryMB) {
        return new GbSeconds(billedMs.multiply(BigDecimal.valueOf(memoryMB)).multiply(MEGABYTE_MILLISECOND));
    }

    /** Returns the sum. */
    public GbSeconds plus(GbSeconds other) {
        return new GbSeconds(value.add(other.value));
    }

    /** Returns this so many times. */
    public GbSeconds times(BigDecimal factor) {
        return new GbSeconds(value.multiply(factor));
    }
}
