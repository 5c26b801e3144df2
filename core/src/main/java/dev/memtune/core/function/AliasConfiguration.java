// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alias as GetAlias tells it.
 *
 * @param name the alias
 * @param version the version it points to, possibly {@code $LATEST}
 * @param description empty if it has none
 * @param revisionId changes with every update; null where an endpoint does not tell
 * @param weights additional versions and the share of calls that each gets, 0 to 1; empty for a plain alias
 */
public record AliasConfiguration(
        String name,
        String version,
        String description,
        @Nullable String revisionId,
        Map<String, Double> weights) {
    /** Copies the weights. */
    public AliasConfiguration {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        weights = Map.copyOf(weights);
    }

    /** Whether calls are split between versions: somebody's deployment is under way. */
    public boolean isWeighted() {
        return !weights.isEmpty();
    }
}
