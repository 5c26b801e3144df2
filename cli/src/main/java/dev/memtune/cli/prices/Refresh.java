// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.prices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.price.PriceItem;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.wire.PriceTableReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts listed rates into a price file, each in place of what the file has for its region, item and architecture. A rate
 * that is not listed stays as it was, with its own source and date. A new region begins with the rates of the default
 * region, as estimates.
 */
final class Refresh {
    static final String SOURCE = "price-list-api";
    private static final String LOCATION =
            "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html";

    private final ObjectNode file;
    private final Set<String> seen = new TreeSet<>();
    private int count;

    /**
     * @param file the price file so far; changed
     * @param today the date of the listed rates
     */
    Refresh(ObjectNode file, LocalDate today) {
        this.file = file;
        file.withObject("/sources").putObject(SOURCE).put("location", LOCATION).put("date", today.toString());
    }

    /** Takes a rate, unless it is in another currency than its region's, or listed twice. */
    void put(ListedRate rate) {
        ObjectNode region = region(rate.region());
        String currency = region.path("currency").asText();
        boolean isPayable =
                rate.steps().stream().allMatch(step -> step.currency().equals(currency));
        if (isPayable && seen.add(rate.region() + rate.item() + rate.architecture())) {
            replace((ArrayNode) region.get("rates"), rate);
            count++;
        }
    }

    private ObjectNode region(String name) {
        ObjectNode regions = file.withObject("/regions");
        if (!(regions.get(name) instanceof ObjectNode)) {
            String standIn = name.startsWith("cn-") ? PriceTable.DEFAULT_CHINA_REGION : PriceTable.DEFAULT_REGION;
            ObjectNode copy = regions.path(standIn).deepCopy();
            copy.path("rates").forEach(line -> ((ObjectNode) line).put("estimated", true));
            regions.set(name, copy);
        }
        return (ObjectNode) regions.get(name);
    }

    private static void replace(ArrayNode lines, ListedRate rate) {
        for (Iterator<JsonNode> each = lines.iterator(); each.hasNext(); ) {
            if (isFor(each.next(), rate)) {
                each.remove();
            }
        }
        if (rate.item() == PriceItem.DURATION) {
            rate.steps().forEach(step -> add(lines, rate, step, true));
        } else {
            add(lines, rate, rate.steps().getFirst(), false);
        }
    }

    private static boolean isFor(JsonNode line, ListedRate rate) {
        return line.path("item").asText().equals(rate.item().wireName())
                && line.path("architecture").asText().equals(architecture(rate) == null ? "" : architecture(rate));
    }

    private static @Nullable String architecture(ListedRate rate) {
        return rate.architecture() == null ? null : rate.architecture().wireName();
    }

    private static void add(ArrayNode lines, ListedRate rate, ListedRate.Step step, boolean inTiers) {
        ObjectNode line = lines.addObject().put("item", rate.item().wireName());
        if (rate.architecture() != null) {
            line.put("architecture", architecture(rate));
        }
        line.put("amount", step.amount().toPlainString());
        if (inTiers && step.to() != null) {
            line.put("upToGbSeconds", step.to().toPlainString());
        }
        line.put("source", SOURCE);
    }

    /** How many rates were taken. */
    int count() {
        return count;
    }

    /**
     * Returns the file, once it has been read back.
     *
     * @throws IllegalArgumentException if the listed rates do not make a price file
     */
    byte[] json() {
        byte[] json = (file.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
        if (PriceTableReader.read(json).regions().isEmpty()) {
            throw new IllegalArgumentException("a price file must have regions, got none");
        }
        return json;
    }
}
