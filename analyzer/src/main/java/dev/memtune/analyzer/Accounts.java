// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.ColdStartEstimate;
import dev.memtune.core.wire.Json;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the run store knows of money besides the samples.
 *
 * @param coldStarts how often the function starts cold by its logs; empty if that was not asked for
 */
record Accounts(Optional<ColdStartEstimate> coldStarts) {
    static Accounts read(RunStore store, String runId) {
        return new Accounts(store.document(runId, ColdStartEstimate.DOCUMENT)
                .map(json -> Json.read(json, ColdStartEstimate.class)));
    }

    /** The part of all invocations that start cold: stated, else estimated; null if neither. */
    @Nullable
    BigDecimal coldShare(@Nullable BigDecimal stated) {
        if (stated != null) {
            return stated;
        }
        return coldStarts
                .filter(estimate -> estimate.invocations() > 0)
                .map(estimate -> BigDecimal.valueOf((double) estimate.cold() / estimate.invocations()))
                .orElse(null);
    }
}
