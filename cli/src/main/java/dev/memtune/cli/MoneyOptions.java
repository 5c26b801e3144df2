// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.memtune.core.wire.Json;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tune} that say what costs are counted with. */
final class MoneyOptions {
    @Option(
            names = "--calls-per-month",
            paramLabel = "N",
            description = "Invocations a month in production: adds what each size costs and saves in a month.")
    private @Nullable String callsPerMonth;

    @Option(
            names = "--cold-start-share",
            paramLabel = "SHARE|logs",
            description =
                    "The part of production's invocations that start cold, such as 1%%, for the costs; logs: as in"
                            + " the function's logs of the last day. Default: costs of warm invocations.")
    private @Nullable String coldStartShare;

    @Option(
            names = "--price-override",
            paramLabel = "GBSECOND,MILLION",
            description = "Your own rates of a GB-second and of a million requests, such as 0.0000166667,0.2. Default:"
                    + " those of 'memtune prices'.")
    private @Nullable String priceOverride;

    /** The input's members that these options say; what they cannot say is left for the input's own checks to refuse. */
    ObjectNode members() {
        ObjectNode members = Json.mapper().createObjectNode();
        if (callsPerMonth != null) {
            members.set("callsPerMonth", Quantity.number(callsPerMonth).node());
        }
        if (coldStartShare != null) {
            members.set("coldStartShare", Quantity.share(coldStartShare).node());
        }
        if (priceOverride != null) {
            members.set("priceOverride", rates(priceOverride));
        }
        return members;
    }

    private static JsonNode rates(String text) {
        List<JsonNode> amounts = Arrays.stream(text.split(",", -1))
                .map(part -> Quantity.money(part).node())
                .toList();
        if (amounts.size() != 2 || !amounts.stream().allMatch(JsonNode::isNumber)) {
            return TextNode.valueOf(text);
        }
        ObjectNode rates = Json.mapper().createObjectNode();
        rates.set("perGbSecond", amounts.getFirst());
        rates.set("perMillionRequests", amounts.getLast());
        return rates;
    }
}
