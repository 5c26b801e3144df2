// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.PriceItem;
import dev.memtune.core.price.PriceRow;
import dev.memtune.core.price.PriceSource;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.price.Rate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** Reads the price file: {@code sources} by name, and {@code regions} with their currency and one line per rate. */
public final class PriceTableReader {
    private static final String BUNDLED = "/dev/memtune/core/price/prices.json";

    private final JsonNode file;

    private PriceTableReader(JsonNode file) {
        this.file = file;
    }

    /**
     * Reads the price file that comes with this version.
     *
     * @throws IllegalStateException if it is missing, which is a broken build
     */
    public static PriceTable bundled() {
        return read(bundledFile());
    }

    /** Returns the price file that comes with this version, as it is. */
    public static byte[] bundledFile() {
        try (InputStream stream = PriceTableReader.class.getResourceAsStream(BUNDLED)) {
            if (stream == null) {
                throw new IllegalStateException("the price file is missing from the build: " + BUNDLED);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the price file " + BUNDLED, e);
        }
    }

    /**
     * Reads a price file.
     *
     * @throws IllegalArgumentException if it is not one, naming the region and the item at fault
     */
    public static PriceTable read(byte[] json) {
        return PriceTable.of(new PriceTableReader(Json.tree(json)).rows());
    }

    private List<PriceRow> rows() {
        List<PriceRow> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> region : file.path("regions").properties()) {
            Currency currency = Currency.getInstance(text(region.getValue(), "currency"));
            JsonNode lines = region.getValue().path("rates");
            if (lines.isEmpty()) {
                throw new IllegalArgumentException(
                        "the price file must have rates for " + region.getKey() + ", got: none");
            }
            for (JsonNode line : lines) {
                rows.add(row(region.getKey(), currency, line));
            }
        }
        return rows;
    }

    private PriceRow row(String region, Currency currency, JsonNode line) {
        PriceItem item = PriceItem.parse(text(line, "item"));
        Rate rate = new Rate(
                number(text(line, "amount")),
                currency,
                source(text(line, "source")),
                line.path("estimated").asBoolean());
        return new PriceRow(
                region,
                item,
                line.has("architecture") ? Architecture.parse(text(line, "architecture")) : null,
                line.has("upToGbSeconds") ? number(text(line, "upToGbSeconds")) : null,
                rate);
    }

    private PriceSource source(String name) {
        JsonNode source = file.path("sources").path(name);
        return new PriceSource(text(source, "location"), LocalDate.parse(text(source, "date")));
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "an amount of the price file must be a decimal in quotes, got: " + text, e);
        }
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("the price file must have a text " + member + ", got: " + node);
        }
        return value.textValue();
    }
}
