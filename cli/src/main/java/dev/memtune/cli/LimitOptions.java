// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tune} that say what the answer has to keep to, and what finding it may cost. */
final class LimitOptions {
    @Option(
            names = "--max-duration",
            paramLabel = "300ms",
            description =
                    "Takes the cheapest size whose duration at --percentile of warm invocations is no more than this."
                            + " Cold starts come on top.")
    private @Nullable String maxDuration;

    @Option(
            names = "--percentile",
            paramLabel = "P",
            description = "Of the duration, for --max-duration; 50 to 99. Default: 95.")
    private @Nullable String percentile;

    @Option(
            names = "--max-cost-per-million",
            paramLabel = "2.50USD",
            description = "Takes the fastest size of which a million warm invocations cost no more than this.")
    private @Nullable String maxCostPerMillion;

    @Option(
            names = "--min-saving",
            paramLabel = "5%",
            description = "Moves the alias only if the best size is better than what it serves by this. Default: 0%%.")
    private @Nullable String minSaving;

    @Option(
            names = "--budget",
            paramLabel = "0.05USD",
            description =
                    "The most that the invocations may cost. The best of what was measured until then is the answer.")
    private @Nullable String budget;

    @Option(names = "--max-invocations", paramLabel = "N", description = "The most invocations, over all sizes.")
    private @Nullable String maxInvocations;

    /** The input's members that these options say; what they cannot say is left for the input's own checks to refuse. */
    ObjectNode members() {
        ObjectNode members = Json.mapper().createObjectNode();
        put(members, "maxDurationMs", maxDuration == null ? null : Quantity.milliseconds(maxDuration));
        put(members, "percentile", percentile == null ? null : Quantity.number(percentile));
        put(members, "maxCostPerMillion", maxCostPerMillion == null ? null : Quantity.money(maxCostPerMillion));
        put(members, "minSaving", minSaving == null ? null : Quantity.share(minSaving));
        put(members, "maxSpend", budget == null ? null : Quantity.money(budget));
        put(members, "maxInvocations", maxInvocations == null ? null : Quantity.number(maxInvocations));
        return members;
    }

    private static void put(ObjectNode members, String field, @Nullable Quantity quantity) {
        if (quantity != null) {
            members.set(field, quantity.node());
        }
    }
}
