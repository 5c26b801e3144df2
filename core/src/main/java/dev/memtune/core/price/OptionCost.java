// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a function costs at one memory size: billed mean × rate + request fee, and what else it is charged for.
 *
 * @param price the rates
 * @param memoryMB the memory size
 * @param extras what else is charged
 * @param billedMeanMs the mean billed duration of an invocation, warm and cold as they come
 * @param coldShare the part of all invocations that start cold, 0 to 1; only restores are charged by it
 */
public record OptionCost(
        Price price, int memoryMB, ChargedExtras extras, BigDecimal billedMeanMs, BigDecimal coldShare) {
    private static final long MILLION = 1_000_000;
    /** A month of 730 hours, as <a href="https://calculator.aws/">AWS's calculator</a> counts it. */
    private static final long MONTH_SECONDS = 730 * 3_600L;

    private static final BigDecimal MONTH_MS = BigDecimal.valueOf(MONTH_SECONDS * 1_000);

    /** @throws IllegalArgumentException if the size is not positive, or the duration is negative */
    public OptionCost {
        requireNonNull(price, "price");
        requireNonNull(extras, "extras");
        requireNonNull(coldShare, "coldShare");
        if (memoryMB <= 0) {
            throw new IllegalArgumentException("memoryMB must be positive, got: " + memoryMB);
        }
        if (billedMeanMs.signum() < 0) {
            throw new IllegalArgumentException("billedMeanMs must not be negative, got: " + billedMeanMs);
        }
    }

    /** Returns the cost at a memory size of warm invocations alone, with nothing else that is charged. */
    public static OptionCost of(Price price, int memoryMB, BigDecimal billedMeanMs) {
        return new OptionCost(price, memoryMB, ChargedExtras.NONE, billedMeanMs, BigDecimal.ZERO);
    }

    /** Returns the cost with what else is charged. */
    public OptionCost with(ChargedExtras others) {
        return new OptionCost(price, memoryMB, others, billedMeanMs, coldShare);
    }

    /** Returns the cost when the mean so far is that of warm invocations, and some start cold. */
    public OptionCost with(ColdStarts coldStarts) {
        return new OptionCost(price, memoryMB, extras, coldStarts.mixedWith(billedMeanMs), coldStarts.share());
    }

    /** Returns the cost of the billed duration alone, as AWS Lambda Power Tuning counts it. */
    public Cost computePerInvocation() {
        return price.compute(GbSeconds.of(billedMeanMs, memoryMB));
    }

    /** Returns the whole cost of one invocation, in the first tier, without what is charged by the hour. */
    public Cost perInvocation() {
        return computePerInvocation().plus(storageAndRestore()).plus(price.requests(1));
    }

    /** Returns the whole cost of a million invocations, in the first tier, without what is charged by the hour. */
    public Cost perMillion() {
        return perInvocation().times(MILLION);
    }

    /**
     * Returns the whole cost of a month, over the tiers of duration, with what is charged by the hour: a snapshot, and the
     * environments that are kept ready, which have a rate of duration of their own and neither tiers nor a free tier.
     *
     * @param calls how many invocations a month has, not negative
     * @param free what of it is free
     * @throws IllegalArgumentException if there are fewer than no calls
     */
    public Cost perMonth(BigDecimal calls, FreeTier free) {
        GbSeconds used = GbSeconds.of(billedMeanMs, memoryMB).times(calls);
        return durationOfMonth(used, free)
                .plus(storageAndRestore().times(calls))
                .plus(snapshotOfMonth())
                .plus(price.request().times(free.requestsBeyond(calls)));
    }

    private Cost durationOfMonth(GbSeconds used, FreeTier free) {
        if (extras.provisionedConcurrency() == 0) {
            return price.computePerMonth(free.computeBeyond(used));
        }
        BigDecimal keptMs = MONTH_MS.multiply(BigDecimal.valueOf(extras.provisionedConcurrency()));
        return price.provisioned(GbSeconds.of(keptMs, memoryMB), used);
    }

    private Cost snapshotOfMonth() {
        Cost nothing = Cost.zero(price.request().currency());
        return extras.snapStart() ? price.snapStartVersion(memoryMB, MONTH_SECONDS) : nothing;
    }

    private Cost storageAndRestore() {
        Cost storage = price.ephemeralStorage(billedMeanMs, extras.ephemeralMB());
        return extras.snapStart()
                ? storage.plus(price.snapStartRestores(memoryMB, 1).times(coldShare))
                : storage;
    }
}
