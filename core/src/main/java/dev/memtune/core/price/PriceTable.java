// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The rates of every region that is known, and a guess, marked as one, for every other. */
public final class PriceTable {
    /** The region whose rates stand in for those of an unknown one. */
    public static final String DEFAULT_REGION = "us-east-1";
    /** The same for an unknown region of China, which has its own currency. */
    public static final String DEFAULT_CHINA_REGION = "cn-north-1";

    private static final String CHINA_PREFIX = "cn-";

    private final Map<String, List<PriceRow>> rows;

    private PriceTable(Map<String, List<PriceRow>> rows) {
        this.rows = rows;
    }

    /**
     * Makes a table of rows.
     *
     * @throws IllegalArgumentException if a region lacks a rate, or has two, or the defaults are missing
     */
    public static PriceTable of(List<PriceRow> rows) {
        Map<String, List<PriceRow>> byRegion = new TreeMap<>();
        for (PriceRow row : rows) {
            byRegion.computeIfAbsent(row.region(), region -> new ArrayList<>()).add(row);
        }
        PriceTable table = new PriceTable(byRegion);
        requireRegion(byRegion, DEFAULT_REGION);
        requireRegion(byRegion, DEFAULT_CHINA_REGION);
        for (String region : byRegion.keySet()) {
            for (Architecture architecture : Architecture.values()) {
                table.price(region, architecture);
            }
        }
        return table;
    }

    private static void requireRegion(Map<String, List<PriceRow>> byRegion, String region) {
        if (!byRegion.containsKey(region)) {
            throw new IllegalArgumentException("the price table must have " + region + ", got: " + byRegion.keySet());
        }
    }

    /** Returns the regions that have rates of their own. */
    public Set<String> regions() {
        return Set.copyOf(rows.keySet());
    }

    /** Returns the rates for a region; those of the default region, marked as estimated, where it is not in the table. */
    public Price price(String region, Architecture architecture) {
        List<PriceRow> known = rows.get(region);
        if (known != null) {
            return price(region, architecture, known, UnaryOperator.identity());
        }
        String standIn = region.startsWith(CHINA_PREFIX) ? DEFAULT_CHINA_REGION : DEFAULT_REGION;
        return price(region, architecture, rows.getOrDefault(standIn, List.of()), Rate::asEstimate);
    }

    private static Price price(
            String region, Architecture architecture, List<PriceRow> known, UnaryOperator<Rate> mark) {
        List<DurationTier> tiers = known.stream()
                .filter(row -> row.isFor(PriceItem.DURATION, architecture))
                .map(row -> new DurationTier(row.upToGbSeconds(), mark.apply(row.rate())))
                .toList();
        Rates rates = item -> mark.apply(only(region, item, architecture, known));
        return new Price(
                region,
                architecture,
                tiers,
                rates.of(PriceItem.REQUEST),
                rates.of(PriceItem.EPHEMERAL_STORAGE),
                rates.of(PriceItem.PROVISIONED_CONCURRENCY),
                rates.of(PriceItem.PROVISIONED_DURATION),
                rates.of(PriceItem.SNAPSTART_CACHE),
                rates.of(PriceItem.SNAPSTART_RESTORE),
                rates.of(PriceItem.STATE_TRANSITION));
    }

    private interface Rates {
        Rate of(PriceItem item);
    }

    private static Rate only(String region, PriceItem item, Architecture architecture, List<PriceRow> known) {
        List<PriceRow> found =
                known.stream().filter(row -> row.isFor(item, architecture)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("the price table must have one rate of " + item.wireName() + " for "
                    + region + " on " + architecture.wireName() + ", got: " + found.size());
        }
        return found.getFirst().rate();
    }
}
