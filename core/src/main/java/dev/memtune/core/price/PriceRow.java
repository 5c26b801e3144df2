// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One rate of one region, as a line of the price file has it.
 *
 * @param region the region's code, such as {@code eu-central-1}
 * @param item what is charged
 * @param architecture of the function; null where the item does not depend on it
 * @param upToGbSeconds where this tier ends, in GB-seconds a month; null for the last tier and what has no tiers
 * @param rate the price of one unit
 */
public record PriceRow(
        String region,
        PriceItem item,
        @Nullable Architecture architecture,
        @Nullable BigDecimal upToGbSeconds,
        Rate rate) {

    /** @throws IllegalArgumentException if an architecture is missing or too many */
    public PriceRow {
        requireNonNull(region, "region");
        requireNonNull(rate, "rate");
        if (item.isByArchitecture() != (architecture != null)) {
            throw new IllegalArgumentException("architecture of " + region + " " + item.wireName() + " must be "
                    + (item.isByArchitecture() ? "given" : "left out") + ", got: " + architecture);
        }
    }

    /** Returns whether the row says what an item costs on an architecture. */
    boolean isFor(PriceItem wanted, Architecture on) {
        return item == wanted && (architecture == null || architecture == on);
    }
}
