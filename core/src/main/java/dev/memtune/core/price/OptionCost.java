// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a function costs at one memory size: billed mean × rate + request fee.
 *
 * @param price the rates
 * @param memoryMB the memory size
 * @param ephemeralMB the ephemeral storage, of which 512 MB are free
 * @param billedMeanMs the mean billed duration of an invocation, warm and cold as they come
 */
public record OptionCost(Price price, int memoryMB, int ephemeralMB, BigDecimal billedMeanMs) {
    private static final long MILLION = 1_000_000;

    /** @throws IllegalArgumentException if a size is not positive, or the duration is negative */
    public OptionCost {
        requireNonNull(price, "price");
        if (memoryMB <= 0 || ephemeralMB <= 0) {
            throw new IllegalArgumentException(
                    "memoryMB and ephemeralMB must be positive, got: " + memoryMB + " and " + ephemeralMB);
        }
        if (billedMeanMs.signum() < 0) {
            throw new IllegalArgumentException("billedMeanMs must not be negative, got: " + billedMeanMs);
        }
    }

    /** Returns the cost at a memory size, with no ephemeral storage beyond what is free. */
    public static OptionCost of(Price price, int memoryMB, BigDecimal billedMeanMs) {
        return new OptionCost(price, memoryMB, Price.FREE_EPHEMERAL_MB, billedMeanMs);
    }

    /** Returns the cost when the mean so far is that of warm invocations, and some start cold. */
    public OptionCost with(ColdStarts coldStarts) {
        return new OptionCost(price, memoryMB, ephemeralMB, coldStarts.mixedWith(billedMeanMs));
    }

    /** Returns the cost of the billed duration alone, as AWS Lambda Power Tuning counts it. */
    public Cost computePerInvocation() {
        return price.compute(GbSeconds.of(billedMeanMs, memoryMB));
    }

    /** Returns the whole cost of one invocation, in the first tier. */
    public Cost perInvocation() {
        return computePerInvocation()
                .plus(price.ephemeralStorage(billedMeanMs, ephemeralMB))
                .plus(price.requests(1));
    }

    /** Returns the whole cost of a million invocations, in the first tier. */
    public Cost perMillion() {
        return perInvocation().times(MILLION);
    }

    /**
     * Returns the whole cost of a month, over the tiers of duration.
     *
     * @param calls how many invocations a month has, not negative
     * @param free what of it is free
     * @throws IllegalArgumentException if there are fewer than no calls
     */
    public Cost perMonth(BigDecimal calls, FreeTier free) {
        GbSeconds used = GbSeconds.of(billedMeanMs, memoryMB).times(calls);
        return price.computePerMonth(free.computeBeyond(used))
                .plus(price.ephemeralStorage(billedMeanMs, ephemeralMB).times(calls))
                .plus(price.request().times(free.requestsBeyond(calls)));
    }
}
