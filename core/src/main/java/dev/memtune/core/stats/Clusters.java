// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Values in clusters: those of one round of measuring ran close together in time and mostly in the same environments, so they
 * are more alike than values of different rounds, and say less about the mean than as many independent ones.
 *
 * @param groups the values of each cluster, none empty
 */
public record Clusters(List<double[]> groups) {
    /** From so many clusters on their scatter tells something. */
    public static final int MIN_CLUSTERS = 5;

    /** @throws IllegalArgumentException if there is no value */
    public Clusters {
        groups = List.copyOf(groups);
        if (groups.isEmpty() || groups.stream().anyMatch(group -> group.length == 0)) {
            throw new IllegalArgumentException("every cluster must have a value, got: " + groups.size() + " clusters");
        }
    }

    /** Values with the cluster that each belongs to, in any order; their order does not matter. */
    public static Clusters of(double[] values, int[] clusters) {
        if (values.length != clusters.length) {
            throw new IllegalArgumentException(
                    "there must be a cluster for each value, got: " + values.length + " and " + clusters.length);
        }
        Map<Integer, List<Double>> byCluster = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            byCluster.computeIfAbsent(clusters[i], one -> new ArrayList<>()).add(values[i]);
        }
        return new Clusters(byCluster.values().stream()
                .map(group ->
                        group.stream().mapToDouble(Double::doubleValue).sorted().toArray())
                .sorted(Comparator.<double[]>comparingInt(group -> group.length).thenComparing(Arrays::compare))
                .toList());
    }

    /** All values. */
    public double[] values() {
        return groups.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    /**
     * The standard error of the mean of all values, with the likeness within clusters: the residuals are summed up by cluster
     * before they are squared (<a href="https://doi.org/10.1093/biomet/73.1.13">Liang and Zeger</a>).
     * With few clusters it is not known, and that of independent values stands in.
     */
    public double standardError() {
        Moments moments = Moments.of(values());
        if (groups.size() < MIN_CLUSTERS) {
            return moments.standardError();
        }
        double squares = 0;
        for (double[] group : groups) {
            double residual = 0;
            for (double value : group) {
                residual += value - moments.mean();
            }
            squares += residual * residual;
        }
        double share = groups.size() / (groups.size() - 1.0);
        return Math.sqrt(share * squares) / moments.count();
    }

    /** As many clusters, drawn anew. */
    Clusters drawn(SplittableRandom random) {
        List<double[]> drawn = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            drawn.add(groups.get(random.nextInt(groups.size())));
        }
        return new Clusters(drawn);
    }
}
