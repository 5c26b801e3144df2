// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.PriceOverride;

/**
 * A price as a search reckons with it.
 *
 * @param perMegabyteMs what a megabyte costs for a millisecond of billed duration
 * @param perRequest the fee
 */
public record Rates(double perMegabyteMs, double perRequest) {
    /** Where money does not matter. */
    public static final Rates NONE = new Rates(0, 0);

    private static final double MEGABYTE_MS_PER_GB_SECOND = 1024.0 * 1000;
    /** Of x86 in most regions, in USD: <a href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>. */
    public static final Rates USUAL = new Rates(0.0000166667 / MEGABYTE_MS_PER_GB_SECOND, 0.20e-6);

    private static final double MILLION = 1e6;

    /** @throws IllegalArgumentException if a rate is negative */
    public Rates {
        if (!(perMegabyteMs >= 0) || !(perRequest >= 0)) {
            throw new IllegalArgumentException("rates must be at least 0, got: " + perMegabyteMs + ", " + perRequest);
        }
    }

    /** The rates of a price, in its currency and first tier. */
    public static Rates of(Price price) {
        return new Rates(
                price.compute(GbSeconds.of(1, 1)).amount().doubleValue(),
                price.requests(1).amount().doubleValue());
    }

    /** The rates of a run's function: the user's own, if the input has them. */
    public static Rates of(Run run, PriceTable prices) {
        PriceOverride own = run.input().pricing().override();
        if (own != null) {
            double perMegabyteMs =
                    own.perGbSecond().multiply(GbSeconds.of(1, 1).value()).doubleValue();
            return new Rates(perMegabyteMs, own.perMillionRequests().doubleValue() / MILLION);
        }
        return of(prices.price(
                run.before().region(), Architecture.parse(run.before().architecture())));
    }

    /** What billed duration costs at a memory size. */
    double compute(double billedMs, int memoryMB) {
        return billedMs * memoryMB * perMegabyteMs;
    }

    /** What an invocation costs, request fee included. */
    public double invocation(double billedMs, int memoryMB) {
        return compute(billedMs, memoryMB) + perRequest;
    }

    /** The megabyte-milliseconds of an invocation of which a million cost so much; negative if the fee alone is more. */
    double megabyteMs(double costPerMillion) {
        double left = costPerMillion / MILLION - perRequest;
        return perMegabyteMs == 0 ? Double.POSITIVE_INFINITY : left / perMegabyteMs;
    }
}
