// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * The link to the chart of AWS Lambda Power Tuning: {@code base#sizes;times;costs}, each the standard Base64 of little-endian
 * numbers, 16-bit integers for the sizes and 32-bit floats for the rest, by size. Nothing is sent anywhere: the fragment stays
 * in the browser. Format: <a href="https://github.com/matteo-ronchetti/aws-lambda-power-tuning-ui">its page</a>.
 */
public final class Visualization {
    /** The page that AWS Lambda Power Tuning links to. */
    public static final String PAGE = "https://lambda-power-tuning.show/";

    private Visualization() {}

    /**
     * The link.
     *
     * @param currency {@code USD} is the page's own and not mentioned
     * @return empty if a size is too large for the format, or there is none
     */
    public static String link(List<SizeStat> stats, String currency) {
        List<SizeStat> sorted =
                stats.stream().sorted(Comparator.comparingInt(SizeStat::value)).toList();
        if (sorted.isEmpty() || sorted.getLast().value() > Short.MAX_VALUE) {
            return "";
        }
        ByteBuffer sizes = littleEndian(sorted.size() * Short.BYTES);
        ByteBuffer times = littleEndian(sorted.size() * Float.BYTES);
        ByteBuffer costs = littleEndian(sorted.size() * Float.BYTES);
        for (SizeStat stat : sorted) {
            sizes.putShort((short) stat.value());
            times.putFloat((float) stat.averageDuration());
            costs.putFloat((float) stat.averagePrice());
        }
        String query = currency.equals("USD") ? "" : "?currency=" + currency;
        return PAGE + query + "#" + text(sizes) + ";" + text(times) + ";" + text(costs);
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer filled) {
        byte[] bytes = new byte[filled.position()];
        filled.flip().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
