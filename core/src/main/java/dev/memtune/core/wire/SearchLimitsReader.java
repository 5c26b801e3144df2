// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the input's fields about limits and the policy. */
final class SearchLimitsReader {
    /** The names of the fields. */
    static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "policy",
            "maxDurationMs",
            "percentile",
            "maxCostPerMillion",
            "minSaving",
            "maxInvocations",
            "maxSpend",
            "useLogs"));

    /** Lambda's longest time-out: <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html">AWS</a>. */
    static final int DURATION_MAX_MS = 900_000;

    static final int INVOCATIONS_MAX = 1_000_000;
    private static final double MONEY_MAX = 1e9;

    private SearchLimitsReader() {}

    /**
     * The policy that is named; else exhaustive where sizes and number are both given, so exactly as asked; else a search. A
     * dry run and a run of cold starts leave nothing to search.
     */
    static SearchPolicy policy(InputFields fields, Procedure procedure) {
        SearchPolicy policy = named(fields);
        boolean isPlain = procedure.dryRun() || procedure.onlyColdStarts();
        if (isPlain && policy.isSearch() && fields.node("policy") != null) {
            String rule = "must not be a search when dryRun or onlyColdStarts is true";
            fields.problem("policy", rule, policy.wireName(), "Leave it out");
        }
        return isPlain && policy.isSearch() ? SearchPolicy.EXHAUSTIVE : policy;
    }

    private static SearchPolicy named(InputFields fields) {
        String remedy = "Give one of " + SearchPolicy.names() + ", or leave it out";
        String name = fields.text("policy", remedy);
        if (name == null) {
            JsonNode sizes = fields.node("powerValues");
            boolean hasSizes = sizes != null && !(sizes.isArray() && sizes.isEmpty());
            return hasSizes && fields.node("num") != null ? SearchPolicy.EXHAUSTIVE : SearchPolicy.STANDARD;
        }
        return SearchPolicy.of(name).orElseGet(() -> {
            fields.problem("policy", "must be a known policy", name, remedy);
            return SearchPolicy.STANDARD;
        });
    }

    static SearchLimits read(InputFields fields, SearchPolicy policy) {
        if (policy == SearchPolicy.LEADER) {
            refuseLimits(fields);
        }
        Double maxDurationMs =
                boxed(fields.positive("maxDurationMs", DURATION_MAX_MS, "Give milliseconds, such as 300"));
        OptionalDouble percentile = fields.fraction(
                "percentile",
                SearchLimits.MIN_PERCENTILE,
                SearchLimits.MAX_PERCENTILE,
                "Give a percentile of the duration, such as 95");
        if (fields.node("percentile") != null && fields.node("maxDurationMs") == null) {
            String rule = "must come with maxDurationMs, which it is the percentile of";
            fields.problem("percentile", rule, "percentile alone", "Add maxDurationMs, or remove it");
        }
        OptionalLong maxInvocations =
                fields.whole("maxInvocations", 1, INVOCATIONS_MAX, "Leave it out for what the policy takes");
        return new SearchLimits(
                maxDurationMs,
                percentile.orElse(SearchLimits.USUAL_PERCENTILE),
                boxed(fields.positive("maxCostPerMillion", MONEY_MAX, "Give what a million invocations may cost")),
                fields.fraction("minSaving", 0, 1, "Give a share: 0.05 is 5 %").orElse(0),
                maxInvocations.isPresent() ? (int) maxInvocations.getAsLong() : null,
                boxed(fields.positive("maxSpend", MONEY_MAX, "Give the most that the invocations may cost")),
                fields.bool("useLogs", false));
    }

    /** The leader's rule knows the least mean and nothing else; a limit that had no effect would mislead. */
    private static void refuseLimits(InputFields fields) {
        for (String field : List.of("maxDurationMs", "maxCostPerMillion")) {
            JsonNode node = fields.node(field);
            if (node != null) {
                String rule = "cannot be kept by the policy leader";
                fields.problem(field, rule, InputFields.shortened(node), "Name another policy, or remove it");
            }
        }
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
