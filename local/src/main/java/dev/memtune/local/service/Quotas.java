// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

/**
 * The account's limits.
 *
 * @param memoryMB the largest memory size, below 10,240 on new accounts
 * @param concurrentExecutions the account's concurrency
 * @param unreservedMinimum the concurrency that cannot be reserved
 * @param zippedBytes the largest deployment package
 * @param unzippedBytes the largest unpacked code
 * @param totalCodeBytes the code storage of the region
 * @param concurrentSnapshots how many SnapStart snapshots may be made at a time
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
 */
public record Quotas(
        int memoryMB,
        int concurrentExecutions,
        int unreservedMinimum,
        long zippedBytes,
        long unzippedBytes,
        long totalCodeBytes,
        int concurrentSnapshots) {
    /** AWS names the limit but not its size; this is ours. */
    private static final int DEFAULT_CONCURRENT_SNAPSHOTS = 10;

    /** What an established account has. */
    public static final Quotas DEFAULTS = new Quotas(
            10_240, 1_000, 100, 52_428_800L, 262_144_000L, 300L * 1024 * 1024 * 1024, DEFAULT_CONCURRENT_SNAPSHOTS);

    /** @throws IllegalArgumentException if a limit makes no sense */
    public Quotas {
        if (memoryMB < 128 || memoryMB > 10_240) {
            throw new IllegalArgumentException("memoryMB must be between 128 and 10240, got: " + memoryMB);
        }
        if (concurrentExecutions < 1 || unreservedMinimum < 0) {
            throw new IllegalArgumentException(
                    "concurrentExecutions must be at least 1 and unreservedMinimum at least 0, got: "
                            + concurrentExecutions + " and " + unreservedMinimum);
        }
        if (concurrentSnapshots < 0) {
            throw new IllegalArgumentException("concurrentSnapshots must be 0 or more, got: " + concurrentSnapshots);
        }
        if (zippedBytes < 1 || unzippedBytes < 1 || totalCodeBytes < 1) {
            throw new IllegalArgumentException(
                    "sizes must be positive, got: " + zippedBytes + ", " + unzippedBytes + ", " + totalCodeBytes);
        }
    }

    /** With the usual number of snapshots at a time. */
    public Quotas(
            int memoryMB,
            int concurrentExecutions,
            int unreservedMinimum,
            long zippedBytes,
            long unzippedBytes,
            long totalCodeBytes) {
        this(
                memoryMB,
                concurrentExecutions,
                unreservedMinimum,
                zippedBytes,
                unzippedBytes,
                totalCodeBytes,
                DEFAULT_CONCURRENT_SNAPSHOTS);
    }

    /** The same with another memory quota. */
    public Quotas withMemoryMB(int newMemoryMB) {
        return new Quotas(
                newMemoryMB,
                concurrentExecutions,
                unreservedMinimum,
                zippedBytes,
                unzippedBytes,
                totalCodeBytes,
                concurrentSnapshots);
    }

    /** The same with another concurrency; nothing of it is kept unreserved if it is that small. */
    public Quotas withConcurrentExecutions(int limit) {
        int minimum = Math.min(unreservedMinimum, limit);
        return new Quotas(memoryMB, limit, minimum, zippedBytes, unzippedBytes, totalCodeBytes, concurrentSnapshots);
    }

    /** The same with another number of snapshots at a time. */
    public Quotas withConcurrentSnapshots(int limit) {
        return new Quotas(
                memoryMB, concurrentExecutions, unreservedMinimum, zippedBytes, unzippedBytes, totalCodeBytes, limit);
    }
}
