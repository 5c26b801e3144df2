// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the input's fields about money. */
final class PricingReader {
    /** The names of the fields. */
    static final Set<String> KNOWN =
            new TreeSet<>(Set.of("priceOverride", "coldStartShare", "callsPerMonth", "provisionedConcurrency"));

    static final long CALLS_MAX = 1_000_000_000_000_000L;
    static final int PROVISIONED_MAX = 1_000_000;
    /** The word for an estimate from the function's logs. */
    static final String LOGS = "logs";

    private static final String OVERRIDE = "priceOverride";
    private static final String PER_GB_SECOND = "perGbSecond";
    private static final String PER_MILLION = "perMillionRequests";
    /** More than any rate there is, in any currency. */
    private static final int RATE_MAX = 1_000;

    private PricingReader() {}

    static Pricing read(InputFields fields) {
        OptionalLong calls = fields.whole("callsPerMonth", 1, CALLS_MAX, "Give how many invocations a month has");
        long provisioned = fields.whole("provisionedConcurrency", 0, PROVISIONED_MAX, "Give how many environments")
                .orElse(0);
        boolean fromLogs = isFromLogs(fields);
        return new Pricing(
                override(fields),
                fromLogs ? null : share(fields),
                fromLogs,
                calls.isPresent() ? calls.getAsLong() : null,
                (int) provisioned);
    }

    private static boolean isFromLogs(InputFields fields) {
        JsonNode node = fields.node("coldStartShare");
        return node != null && LOGS.equals(node.textValue());
    }

    private static @Nullable BigDecimal share(InputFields fields) {
        String remedy =
                "Give a share: 0.01 is one in a hundred; or \"" + LOGS + "\" to estimate it from the function's logs";
        OptionalDouble share = fields.fraction("coldStartShare", 0, 1, remedy);
        return share.isPresent() ? BigDecimal.valueOf(share.getAsDouble()) : null;
    }

    private static @Nullable PriceOverride override(InputFields fields) {
        JsonNode node = fields.node(OVERRIDE);
        if (node == null) {
            return null;
        }
        boolean isWhole =
                node.isObject() && node.size() == 2 && isRate(node.get(PER_GB_SECOND)) && isRate(node.get(PER_MILLION));
        if (!isWhole) {
            String rule =
                    "must be an object of " + PER_GB_SECOND + " and " + PER_MILLION + ", numbers from 0 to " + RATE_MAX;
            fields.problem(
                    OVERRIDE,
                    rule,
                    InputFields.shortened(node),
                    "For example {\"perGbSecond\": 0.0000166667, \"perMillionRequests\": 0.2}");
            return null;
        }
        return new PriceOverride(
                node.path(PER_GB_SECOND).decimalValue(), node.path(PER_MILLION).decimalValue());
    }

    private static boolean isRate(@Nullable JsonNode node) {
        return node != null && node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= RATE_MAX;
    }
}
