// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A part of a month's GB-seconds that has a rate of its own.
 *
 * @param upToGbSeconds where it ends, over the account or organization, the region and the architecture; null for no end
 * @param rate what a GB-second costs within it
 */
public record DurationTier(@Nullable BigDecimal upToGbSeconds, Rate rate) {
    /** @throws NullPointerException if the rate is null */
    public DurationTier {
        requireNonNull(rate, "rate");
    }
}
