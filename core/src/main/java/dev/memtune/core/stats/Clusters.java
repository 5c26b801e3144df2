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
        return groups.size() < MIN_CLUSTERS
                ? Moments.of(values()).standardError()
                : standardError(groups.stream().map(Total::of).toArray(Total[]::new));
    }

    /** All that a mean and its error need of a cluster. */
    private record Total(int count, double sum) {
        static Total of(double[] group) {
            double sum = 0;
            for (double value : group) {
                sum += value;
            }
            return new Total(group.length, sum);
        }
    }

    private static double mean(Total[] totals) {
        double sum = 0;
        int count = 0;
        for (Total total : totals) {
            sum += total.sum;
            count += total.count;
        }
        return sum / count;
    }

    private static double standardError(Total[] totals) {
        double mean = mean(totals);
        double squares = 0;
        int count = 0;
        for (Total total : totals) {
            double residual = total.sum - total.count * mean;
            squares += residual * residual;
            count += total.count;
        }
        return Math.sqrt(totals.length / (totals.length - 1.0) * squares) / count;
    }

    /** How many standard errors the means of clusters drawn anew are off; draws without any scatter carry none. */
    double[] studentizedDraws(SplittableRandom random, int draws) {
        Total[] all = groups.stream().map(Total::of).toArray(Total[]::new);
        double mean = mean(all);
        double[] ratios = new double[draws];
        int count = 0;
        Total[] drawn = new Total[all.length];
        for (int i = 0; i < draws; i++) {
            Arrays.setAll(drawn, j -> all[random.nextInt(all.length)]);
            double error = standardError(drawn);
            if (error > 0) {
                ratios[count++] = (mean(drawn) - mean) / error;
            }
        }
        return Arrays.copyOf(ratios, count);
    }
}
