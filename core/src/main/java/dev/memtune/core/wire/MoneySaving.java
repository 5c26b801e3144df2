// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * What the best size saves against the present one; negative if it is dearer. The intervals are those of the warm means, at
 * the result's confidence, and approximate.
 *
 * @param perMillion of a million invocations
 * @param perMillionLow the lower end of its interval; null if one value is all there is
 * @param perMillionHigh the upper end of its interval; null if one value is all there is
 * @param perMonth of a month; null if the number of calls was not stated
 * @param perMonthLow the lower end of its interval; null as above
 * @param perMonthHigh the upper end of its interval; null as above
 */
public record MoneySaving(
        double perMillion,
        @Nullable Double perMillionLow,
        @Nullable Double perMillionHigh,
        @Nullable Double perMonth,
        @Nullable Double perMonthLow,
        @Nullable Double perMonthHigh) {}
