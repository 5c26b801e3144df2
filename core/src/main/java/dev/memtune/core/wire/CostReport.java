// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All money of a result, in the price's currency.
 *
 * @param basis what is assumed of production
 * @param sizes what each measured size costs, by size
 * @param saving the best size against the present one; null if that was not measured
 * @param tuning what the tuning itself cost
 */
public record CostReport(
        CostBasis basis, List<SizeCost> sizes, @Nullable MoneySaving saving, TuningCost tuning) {
    /** Copies the list. */
    public CostReport {
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(tuning, "tuning");
        sizes = List.copyOf(sizes);
    }
}
