// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.prices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.PriceItem;
import dev.memtune.core.wire.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One product of the price list that is a rate of ours. Free tiers are products with a price of 0 at the location "Any", or
 * steps of price 0 within a product: both are left out, because costs are counted without a free tier.
 *
 * @param region where it holds
 * @param item what it is the rate of
 * @param architecture null if the rate does not depend on it
 * @param steps its tiers, ascending; one where there are none
 * @see <a href="https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api-example-lambda.html">Price
 *     list of Lambda</a>
 */
record ListedRate(String region, PriceItem item, @Nullable Architecture architecture, List<Step> steps) {
    private static final String ARM_SUFFIX = "-ARM";
    private static final Map<String, PriceItem> GROUPS = Map.of(
            "AWS-Lambda-Requests", PriceItem.REQUEST,
            "AWS-Lambda-Duration", PriceItem.DURATION,
            "AWS-Lambda-Duration-Provisioned", PriceItem.PROVISIONED_DURATION,
            "AWS-Lambda-Provisioned-Concurrency", PriceItem.PROVISIONED_CONCURRENCY,
            "AWS-Lambda-Storage-Duration", PriceItem.EPHEMERAL_STORAGE);

    /**
     * A tier.
     *
     * @param from where it begins, in units
     * @param to where it ends; null for no end
     * @param amount the price of a unit
     * @param currency its currency's code
     */
    record Step(BigDecimal from, @Nullable BigDecimal to, BigDecimal amount, String currency) {}

    /** Copies the steps. */
    ListedRate {
        steps = List.copyOf(steps);
    }

    /** Reads a product; empty if it is none of ours, or costs nothing. */
    static Optional<ListedRate> read(String json) {
        JsonNode document = Json.tree(json.getBytes(StandardCharsets.UTF_8));
        JsonNode attributes = document.path("product").path("attributes");
        String region = attributes.path("regionCode").asText();
        String group = attributes.path("group").asText();
        boolean arm = group.endsWith(ARM_SUFFIX);
        PriceItem item = item(attributes, arm ? group.substring(0, group.length() - ARM_SUFFIX.length()) : group);
        List<Step> steps = steps(document.path("terms").path("OnDemand"));
        boolean isAnywhere =
                region.isEmpty() || attributes.path("location").asText().equals("Any");
        if (item == null || isAnywhere || steps.isEmpty() || (arm && !item.isByArchitecture())) {
            return Optional.empty();
        }
        Architecture architecture = arm ? Architecture.ARM64 : Architecture.X86_64;
        return Optional.of(new ListedRate(region, item, item.isByArchitecture() ? architecture : null, steps));
    }

    private static @Nullable PriceItem item(JsonNode attributes, String group) {
        boolean isTransition = attributes.path("servicecode").asText().equals("AmazonStates")
                && attributes.path("usagetype").asText().endsWith("StateTransition");
        return isTransition ? PriceItem.STATE_TRANSITION : GROUPS.get(group);
    }

    private static List<Step> steps(JsonNode terms) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode term : terms) {
            for (JsonNode dimension : term.path("priceDimensions")) {
                for (Map.Entry<String, JsonNode> price :
                        dimension.path("pricePerUnit").properties()) {
                    steps.add(step(dimension, price.getKey(), price.getValue().asText()));
                }
            }
        }
        steps.removeIf(step -> step.amount().signum() == 0);
        steps.sort(Comparator.comparing(Step::from));
        return steps;
    }

    private static Step step(JsonNode dimension, String currency, String amount) {
        String end = dimension.path("endRange").asText("Inf");
        return new Step(
                new BigDecimal(dimension.path("beginRange").asText("0")),
                end.equals("Inf") ? null : new BigDecimal(end),
                new BigDecimal(amount),
                currency);
    }
}
