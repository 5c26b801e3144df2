// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.search.SizeSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads rows from lines of comma-separated values: a head with the columns' names in any order, then a row a line. */
public final class RowReader {
    /** The columns that must be there; others are passed over. */
    public static final List<String> COLUMNS = List.of("function", "memory_mb", "sample_index", "billed_ms");
    /** More rows than a replay needs, and still little memory. */
    public static final int MAX_ROWS = 5_000_000;

    private static final int MAX_PROBLEMS = 20;
    private static final String COLUMN_REMEDY = "Give the file the columns " + String.join(",", COLUMNS) + ".";
    private static final String ROW_REMEDY = "Correct the row or take it out.";

    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private int[] positions = {};
    private int columnCount;

    private RowReader(String source) {
        this.source = source;
    }

    /**
     * Reads all lines.
     *
     * @param source the name for messages, such as a file's
     * @param lines the head first; empty lines are passed over
     * @return the rows in their order, at least one
     * @throws BadInput if the head lacks a column, or rows break a rule; names the first {@value #MAX_PROBLEMS}
     */
    public static List<Row> read(String source, Iterator<String> lines) {
        RowReader reader = new RowReader(source);
        int number = 0;
        while (lines.hasNext() && reader.problems.size() < MAX_PROBLEMS) {
            String line = lines.next();
            number++;
            if (number == 1) {
                reader.head(line);
            } else if (!line.isBlank()) {
                reader.row(number, line);
            }
        }
        if (reader.problems.isEmpty() && reader.rows.isEmpty()) {
            reader.problem(Math.max(1, number), "must have a head and at least one row", "no row", COLUMN_REMEDY);
        }
        if (!reader.problems.isEmpty()) {
            throw new BadInput(reader.problems);
        }
        return List.copyOf(reader.rows);
    }

    private void head(String line) {
        List<String> names = CsvLine.cells(line.replace("\uFEFF", ""));
        List<String> missing =
                COLUMNS.stream().filter(column -> !names.contains(column)).toList();
        if (!missing.isEmpty()) {
            problem(1, "the head must name the columns " + String.join(", ", missing), line, COLUMN_REMEDY);
            throw new BadInput(problems);
        }
        positions = COLUMNS.stream().mapToInt(names::indexOf).toArray();
        columnCount = names.size();
    }

    private void row(int number, String line) {
        List<String> cells = CsvLine.cells(line);
        if (cells.size() != columnCount) {
            String rule = "must have " + columnCount + " cells, as many as the head";
            problem(number, rule, cells.size() + " cells", ROW_REMEDY);
            return;
        }
        String function = cells.get(positions[0]);
        Optional<Double> memoryMB = number(cells.get(positions[1]));
        Optional<Double> index = number(cells.get(positions[2]));
        Optional<Double> billedMs = number(cells.get(positions[3]));
        check(number, "function must not be empty", !function.isEmpty(), function);
        String sizes = "memory_mb must be a whole number from " + SizeSpace.MIN_MB + " to " + SizeSpace.MAX_MB;
        check(number, sizes, memoryMB.filter(RowReader::isSize).isPresent(), cells.get(positions[1]));
        check(number, "sample_index must be a whole number of at least 0", isIndex(index), cells.get(positions[2]));
        check(number, "billed_ms must be a number above 0", isAbove0(billedMs), cells.get(positions[3]));
        if (problems.isEmpty()) {
            Row row = new Row(
                    function,
                    memoryMB.orElseThrow().intValue(),
                    index.orElseThrow().longValue(),
                    billedMs.orElseThrow());
            add(number, row);
        }
    }

    private void add(int number, Row row) {
        Seen ofFunction = seen.computeIfAbsent(row.function(), Seen::new);
        String rule = "each function, memory_mb and sample_index must be there once";
        check(number, rule, ofFunction.add(row), row.function() + "," + row.memoryMB() + "," + row.sampleIndex());
        check(number, "there must be at most " + MAX_ROWS + " rows", rows.size() < MAX_ROWS, "one more");
        // One name for all its rows: millions of equal ones would take more memory than the numbers.
        rows.add(new Row(ofFunction.function, row.memoryMB(), row.sampleIndex(), row.billedMs()));
    }

    /** Which rows of a function were read. Indexes mostly count from 0, so a bit each is enough; others are kept whole. */
    private record Seen(String function, Map<Integer, BitSet> small, Set<List<Long>> large) {
        private static final long MAX_BITS = 1 << 24;

        Seen(String function) {
            this(function, new HashMap<>(), new HashSet<>());
        }

        boolean add(Row row) {
            if (row.sampleIndex() >= MAX_BITS) {
                return large.add(List.of((long) row.memoryMB(), row.sampleIndex()));
            }
            BitSet indexes = small.computeIfAbsent(row.memoryMB(), size -> new BitSet());
            boolean isNew = !indexes.get((int) row.sampleIndex());
            indexes.set((int) row.sampleIndex());
            return isNew;
        }
    }

    private void check(int number, String rule, boolean holds, String received) {
        if (!holds) {
            problem(number, rule, received.isEmpty() ? "nothing" : received, ROW_REMEDY);
        }
    }

    private void problem(int number, String rule, String received, String remedy) {
        problems.add(new Problem(source + " line " + number, rule, received, remedy));
    }

    private static Optional<Double> number(String cell) {
        try {
            double value = Double.parseDouble(cell.strip());
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // The caller says what was expected instead.
        }
    }

    private static boolean isSize(double value) {
        return value == Math.rint(value) && value >= SizeSpace.MIN_MB && value <= SizeSpace.MAX_MB;
    }

    private static boolean isIndex(Optional<Double> value) {
        return value.filter(one -> one >= 0 && one == Math.rint(one)).isPresent();
    }

    private static boolean isAbove0(Optional<Double> value) {
        return value.filter(one -> one > 0).isPresent();
    }
}
