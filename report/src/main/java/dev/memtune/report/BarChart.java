// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import java.util.ArrayList;
import java.util.List;

/** Horizontal bars for a terminal, drawn to an eighth of a character. */
final class BarChart {
    private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    private static final String FULL = "█";

    private final int widthChars;

    /** @param widthChars the length of the longest bar, at least 1 */
    BarChart(int widthChars) {
        if (widthChars < 1) {
            throw new IllegalArgumentException("widthChars must be at least 1, got: " + widthChars);
        }
        this.widthChars = widthChars;
    }

    /** The bars, each padded to the same width; the largest value fills it. Values are 0 or more. */
    List<String> bars(List<Double> values) {
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        List<String> bars = new ArrayList<>();
        for (double value : values) {
            bars.add(bar(largest > 0 ? value / largest : 0));
        }
        return bars;
    }

    private String bar(double share) {
        int eighths = (int) Math.round(share * widthChars * EIGHTHS.length);
        // Something is never drawn as nothing.
        int drawn = share > 0 ? Math.max(1, eighths) : 0;
        String bar = FULL.repeat(drawn / EIGHTHS.length) + EIGHTHS[drawn % EIGHTHS.length];
        return bar + " ".repeat(widthChars - bar.length());
    }
}
