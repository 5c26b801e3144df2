// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Clusters;
import dev.memtune.core.stats.RoundMeans;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Takes out of the figures what differs only because payloads differ. Each payload is a stratum with the share that it has
 * over all arms; an arm's mean is the weighted sum of its strata's means, so that an arm to which chance or a failure dealt
 * more of the heavy payloads is not called slow for it; and its scatter is that within the strata.
 */
public final class Strata {
    private final Map<Integer, Double> shares = new TreeMap<>();

    private Strata() {}

    /** The shares of the payloads over all arms. */
    public static Strata of(List<ArmObservations> arms) {
        Strata strata = new Strata();
        if (isOnePayload(arms)) {
            return strata;
        }
        arms.stream()
                .flatMap(arm -> arm.comparable().stream())
                .forEach(one -> strata.shares.merge(one.payload(), 1.0, Double::sum));
        double count =
                strata.shares.values().stream().mapToDouble(Double::doubleValue).sum();
        strata.shares.replaceAll((payload, number) -> number / count);
        return strata;
    }

    /** The usual case, in which there is nothing to take out. */
    private static boolean isOnePayload(List<ArmObservations> arms) {
        Integer first = null;
        for (ArmObservations arm : arms) {
            for (Measurement one : arm.measurements()) {
                if (first == null) {
                    first = one.payload();
                } else if (one.payload() != first) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Values with the arm's stratified mean and the scatter within its strata, ascending; as they are where there is one
     * payload, or the arm lacks one.
     */
    public double[] values(List<Measurement> measurements, ToDoubleFunction<Measurement> time) {
        double[] values = adjusted(measurements, time);
        Arrays.sort(values); // The sum of the same values in another order may differ in its last digit.
        return values;
    }

    /** The same by the rounds that they were taken in. */
    public Clusters clusters(List<Measurement> measurements, ToDoubleFunction<Measurement> time) {
        int[] rounds = measurements.stream().mapToInt(Measurement::round).toArray();
        return Clusters.of(adjusted(measurements, time), rounds);
    }

    /** How far the rounds' means are off the arm's mean, which is given. */
    RoundMeans rounds(List<Measurement> measurements, ToDoubleFunction<Measurement> time, double mean) {
        int[] rounds = measurements.stream().mapToInt(Measurement::round).toArray();
        return RoundMeans.of(adjusted(measurements, time), rounds, mean);
    }

    private double[] adjusted(List<Measurement> measurements, ToDoubleFunction<Measurement> time) {
        double[] values = measurements.stream().mapToDouble(time).toArray();
        if (shares.isEmpty()) {
            return values;
        }
        Map<Integer, double[]> sums = new TreeMap<>(); // Sum and count by payload.
        for (int i = 0; i < values.length; i++) {
            double[] sum = sums.computeIfAbsent(measurements.get(i).payload(), one -> new double[2]);
            sum[0] += values[i];
            sum[1]++;
        }
        if (shares.size() > 1 && sums.keySet().equals(shares.keySet())) {
            double mean = sums.entrySet().stream()
                    .mapToDouble(one -> shares.getOrDefault(one.getKey(), 0.0) * one.getValue()[0] / one.getValue()[1])
                    .sum();
            for (int i = 0; i < values.length; i++) {
                double[] own = sums.getOrDefault(measurements.get(i).payload(), new double[] {0, 1});
                values[i] += mean - own[0] / own[1];
            }
        }
        return values;
    }
}
