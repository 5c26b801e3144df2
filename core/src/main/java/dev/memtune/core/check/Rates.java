// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

/**
 * What invocations cost.
 *
 * @param perMegabyteMs of a megabyte for a millisecond of billed duration, more than 0
 * @param perRequest the fee, at least 0
 */
public record Rates(double perMegabyteMs, double perRequest) {
    private static final double MEGABYTE_MS_PER_GB_SECOND = 1024.0 * 1000;
    /** Of x86 in most regions, in USD: <a href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>. */
    public static final Rates USUAL = ofGbSecond(0.0000166667, 0.20e-6);

    /** @throws IllegalArgumentException if a rate is out of range */
    public Rates {
        if (!(perMegabyteMs > 0) || !(perRequest >= 0)) {
            throw new IllegalArgumentException("perMegabyteMs must be above 0 and perRequest at least 0, got: "
                    + perMegabyteMs + ", " + perRequest);
        }
    }

    /** From the price of a GB-second and of a request. */
    public static Rates ofGbSecond(double perGbSecond, double perRequest) {
        return new Rates(perGbSecond / MEGABYTE_MS_PER_GB_SECOND, perRequest);
    }

    /** What one invocation costs, request fee included. */
    public double cost(double billedMs, int memoryMB) {
        return billedMs * memoryMB * perMegabyteMs + perRequest;
    }
}
