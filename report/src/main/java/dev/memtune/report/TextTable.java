// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for a terminal: one unit per column, numbers right-aligned, no lines but the one under the head.
 *
 * <p>Not safe for use by many threads.
 */
final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param columns at least one */
    TextTable(List<Column> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns must not be empty, got: []");
        }
        this.columns = List.copyOf(columns);
    }

    /** A column and the side its cells lean to. */
    record Column(String head, boolean rightAligned) {
        static Column left(String head) {
            return new Column(head, false);
        }

        static Column right(String head) {
            return new Column(head, true);
        }

        private String padded(String cell, int width) {
            String padding = " ".repeat(Math.max(0, width - length(cell)));
            return rightAligned ? padding + cell : cell + padding;
        }
    }

    /** Adds a row. @throws IllegalArgumentException if it has not a cell for each column */
    TextTable row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "a row must have " + columns.size() + " cells, got: " + cells.size() + " " + cells);
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The lines, without trailing blanks. */
    List<String> lines() {
        List<Integer> widths =
                IntStream.range(0, columns.size()).mapToObj(this::width).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::head).toList(), widths));
        lines.add(widths.stream().map("─"::repeat).collect(Collectors.joining(GAP)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
        return Math.max(widest, length(columns.get(column).head()));
    }

    private String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> columns.get(i).padded(cells.get(i), widths.get(i)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
