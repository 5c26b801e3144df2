// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import dev.memtune.core.stats.Moments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;

/** Everything recorded of one function: per memory size its billed durations in the order they were measured. */
public final class Pool {
    private final String function;
    private final NavigableMap<Integer, double[]> billedMs;
    private final NavigableMap<Integer, Double> means = new TreeMap<>();

    private Pool(String function, NavigableMap<Integer, double[]> billedMs) {
        this.function = function;
        this.billedMs = billedMs;
        billedMs.forEach((size, values) -> means.put(size, Moments.of(values).mean()));
    }

    /** A pool per function, by name. */
    public static List<Pool> of(Collection<Row> rows) {
        NavigableMap<String, NavigableMap<Integer, List<Row>>> cells = new TreeMap<>();
        for (Row row : rows) {
            cells.computeIfAbsent(row.function(), name -> new TreeMap<>())
                    .computeIfAbsent(row.memoryMB(), size -> new ArrayList<>())
                    .add(row);
        }
        List<Pool> pools = new ArrayList<>();
        cells.forEach((function, sizes) -> {
            NavigableMap<Integer, double[]> billedMs = new TreeMap<>();
            sizes.forEach((size, cell) -> billedMs.put(size, inOrder(cell)));
            pools.add(new Pool(function, billedMs));
        });
        return pools;
    }

    private static double[] inOrder(List<Row> cell) {
        return cell.stream()
                .sorted(Comparator.comparingLong(Row::sampleIndex))
                .mapToDouble(Row::billedMs)
                .toArray();
    }

    /** The function's name. */
    public String function() {
        return function;
    }

    /** The recorded sizes in MB. */
    public NavigableSet<Integer> sizes() {
        return billedMs.navigableKeySet();
    }

    /** The truth about a size: its mean over the whole pool. */
    public double meanMs(int memoryMB) {
        return Objects.requireNonNull(means.get(memoryMB), "no such size in the pool of " + function);
    }

    /** Endless draws at a size: equal arguments, equal draws, whatever else is drawn. */
    public Draws draws(int memoryMB, long seed) {
        double[] values = Objects.requireNonNull(billedMs.get(memoryMB), "no such size in the pool of " + function);
        return new Draws(values, seed ^ (function.hashCode() * 0x9E3779B97F4A7C15L) ^ (memoryMB * 0xC2B2AE3D27D4EB4FL));
    }
}
