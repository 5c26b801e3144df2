// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * Where a rate was read, and when.
 *
 * @param location a public page, the price list, or {@code input}
 * @param date the day it was read
 */
public record PriceSource(String location, LocalDate date) {
    /** @throws NullPointerException if either is null */
    public PriceSource {
        requireNonNull(location, "location");
        requireNonNull(date, "date");
    }
}
