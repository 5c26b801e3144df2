// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * All invocations of a log at one memory size.
 *
 * @param memoryMB the configured memory size
 * @param count how many invocations
 * @param cold how many of them started cold
 * @param errors how many of them did not end in success
 * @param billedTotalMs the sum of their billed durations
 * @param billedMeanMs the mean of their billed durations
 * @param billedP50Ms the least billed duration that half of them do not exceed (nearest rank)
 * @param billedP95Ms the same for 95 %
 * @param billedP99Ms the same for 99 %
 * @param maxMemoryMB the most memory used; null if no report states it
 */
public record MemorySummary(
        int memoryMB,
        long count,
        long cold,
        long errors,
        long billedTotalMs,
        BigDecimal billedMeanMs,
        long billedP50Ms,
        long billedP95Ms,
        long billedP99Ms,
        @Nullable Integer maxMemoryMB) {}
