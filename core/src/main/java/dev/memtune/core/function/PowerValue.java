// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

/**
 * A memory setting under test, in megabytes as AWS Lambda counts them (MiB).
 *
 * <p>Range and step: <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Configure Lambda
 * function memory</a>.
 *
 * @param memoryMB the memory size, {@value #MIN_MB} to {@value #MAX_MB}
 */
public record PowerValue(int memoryMB) implements Comparable<PowerValue> {
    /** The smallest memory size that a function can have. */
    public static final int MIN_MB = 128;
    /** The largest memory size that a function (other than on managed instances) can have. */
    public static final int MAX_MB = 10_240;

    /** @throws IllegalArgumentException if the memory size is out of range */
    public PowerValue {
        if (memoryMB < MIN_MB || memoryMB > MAX_MB) {
            throw new IllegalArgumentException(
                    "memoryMB must be between " + MIN_MB + " and " + MAX_MB + ", got: " + memoryMB);
        }
    }

    @Override
    public int compareTo(PowerValue other) {
        return Integer.compare(memoryMB, other.memoryMB);
    }
}
