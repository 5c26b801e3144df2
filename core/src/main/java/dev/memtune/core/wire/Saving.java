// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * The best size against the present one; means, warm.
 *
 * @param presentMB the present memory size
 * @param costPercent how much cheaper an invocation is, compute only; negative if it is dearer
 * @param durationPercent how much shorter an invocation is; negative if it is longer
 * @param costLowPercent the lower end of the interval of {@code costPercent}; null if one value is all there is
 * @param costHighPercent its upper end
 * @param durationLowPercent the lower end of the interval of {@code durationPercent}
 * @param durationHighPercent its upper end
 */
public record Saving(
        int presentMB,
        double costPercent,
        double durationPercent,
        @Nullable Double costLowPercent,
        @Nullable Double costHighPercent,
        @Nullable Double durationLowPercent,
        @Nullable Double durationHighPercent) {}
