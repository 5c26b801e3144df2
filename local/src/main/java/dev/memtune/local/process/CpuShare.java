// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/**
 * The CPU that a memory size stands for: in proportion, one virtual CPU at 1,769 MB
 * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">configuration-memory</a>).
 *
 * @param memoryMB 128 to 10,240
 */
record CpuShare(int memoryMB) {
    /** The size that stands for one whole virtual CPU. */
    static final int MB_PER_CPU = 1769;

    /** The period of quotas: the longest that keeps a 128 MB quota over the kernel's least and answers short work well. */
    static final int PERIOD_US = 20_000;

    /** The least quota that the kernel accepts ({@code min_cfs_quota_period}). */
    static final int MIN_QUOTA_US = 1_000;

    /**
     * How much more weight functions have than what else runs on the machine, so that its other load does not bend their CPU
     * law; the quota still holds.
     */
    static final int WEIGHT = 50;

    /** @throws IllegalArgumentException if the memory size is not one of Lambda's */
    CpuShare {
        if (memoryMB < 128 || memoryMB > 10_240) {
            throw new IllegalArgumentException("memoryMB must be 128 to 10240, got: " + memoryMB);
        }
    }

    /** The share as a number of virtual CPUs, 0.07 to 5.8. */
    double virtualCpus() {
        return (double) memoryMB / MB_PER_CPU;
    }

    /** CPU time per {@link #PERIOD_US}, in microseconds. */
    int quotaUs() {
        return Math.max(MIN_QUOTA_US, Math.toIntExact(Math.round((double) PERIOD_US * memoryMB / MB_PER_CPU)));
    }

    /**
     * The processors that the function sees: 2 up to 3,008 MB, then 3 to 6, as observed on Lambda (up to 5,307, 7,076, 8,845,
     * 10,240 MB).
     */
    int visibleProcessors() {
        return memoryMB <= 3008 ? 2 : memoryMB <= 5307 ? 3 : memoryMB <= 7076 ? 4 : memoryMB <= 8845 ? 5 : 6;
    }

    /**
     * The JVM's largest heap in MB: 85 % of the memory as Lambda's own runtimes set it, but with at least 64 MB left for the
     * JVM itself, because here its memory is counted in full.
     */
    int heapMB() {
        return Math.min(memoryMB * 85 / 100, memoryMB - 64);
    }
}
