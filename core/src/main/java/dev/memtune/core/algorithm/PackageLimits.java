// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

/**
 * Bounds on what is read, so that a hostile or mistaken package costs a bounded amount of memory and time.
 *
 * @param files files (in a zip: entries, folders included), at least 1
 * @param unpackedBytes all files together, at least 1
 * @param compressionRatio unpacked bytes for each byte of a zip, at least 1; looked at only above {@value #RATIO_FREE_BYTES}
 *     unpacked bytes, because small files of one repeated character are common and harmless
 * @param testEvents files in {@code tests/}, at least 1
 */
public record PackageLimits(int files, long unpackedBytes, int compressionRatio, int testEvents) {
    /**
     * AWS Lambda's bound on unpacked code, layers included:
     * <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>, 250 MB.
     */
    public static final long LAMBDA_UNPACKED_BYTES = 250L * 1024 * 1024;

    /**
     * The bound on the payload of a synchronous invocation:
     * <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>, 6 MB.
     */
    public static final int EVENT_BYTES = 6 * 1024 * 1024;

    static final long RATIO_FREE_BYTES = 10L * 1024 * 1024;

    /** @throws IllegalArgumentException if a bound is below 1 */
    public PackageLimits {
        if (files < 1 || unpackedBytes < 1 || compressionRatio < 1 || testEvents < 1) {
            throw new IllegalArgumentException(
                    "every limit must be at least 1, got: files " + files + ", unpackedBytes " + unpackedBytes
                            + ", compressionRatio " + compressionRatio + ", testEvents " + testEvents);
        }
    }

    /** 10,000 files, Lambda's 250 MB, 100 to 1, 1,000 test events. */
    public static PackageLimits defaults() {
        return new PackageLimits(10_000, LAMBDA_UNPACKED_BYTES, 100, 1_000);
    }
}
