// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * What was measured at a size. Times are in milliseconds, of warm invocations; where all were cold, of those.
 *
 * @param coldOnly whether all were cold
 * @param billedMeanMs the mean billed duration
 * @param billedLowMs the lower end of its interval; null if one value is all there is
 * @param billedHighMs the upper end of its interval; null if one value is all there is
 * @param durationMeanMs the mean duration of the handler
 * @param p50Ms the median duration of the handler
 * @param p95Ms its 95th percentile
 * @param p99Ms its 99th percentile
 * @param coldBilledMeanMs the mean billed duration of cold invocations; null without one
 * @param initMeanMs their mean init or restore; null without one
 * @param maxMemoryMB the most memory that was in use; null if not reported
 * @param costPerInvocation compute only, in the price's currency
 * @param costPerMillion a million invocations with their request fee, in the price's currency
 */
public record SizeMeasures(
        boolean coldOnly,
        double billedMeanMs,
        @Nullable Double billedLowMs,
        @Nullable Double billedHighMs,
        double durationMeanMs,
        double p50Ms,
        double p95Ms,
        double p99Ms,
        @Nullable Double coldBilledMeanMs,
        @Nullable Double initMeanMs,
        @Nullable Integer maxMemoryMB,
        double costPerInvocation,
        double costPerMillion) {}
