// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Durations as they were measured somewhere. An invocation draws a quantile: at a recorded size it takes the sample there,
 * between two sizes what lies between their samples on a straight line of logarithms, beyond them the nearest size's.
 *
 * @param samplesMs measured durations in milliseconds, more than 0, by memory size in MB; at least one each
 * @param initMs the init phase of a cold start, in milliseconds, not negative
 * @param usedMB the memory it uses; a smaller size runs out of memory
 */
public record RecordedCurve(NavigableMap<Integer, List<Double>> samplesMs, double initMs, int usedMB) implements Curve {
    /** @throws IllegalArgumentException if there are no samples, or a value is out of range */
    public RecordedCurve {
        if (samplesMs.isEmpty() || samplesMs.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("samplesMs must have at least one duration per size, got: " + samplesMs);
        }
        if (samplesMs.values().stream().flatMap(List::stream).anyMatch(ms -> !(ms > 0 && ms < 1e9))) {
            throw new IllegalArgumentException("samplesMs must be durations between 0 and 1e9 ms, got: " + samplesMs);
        }
        if (!(initMs >= 0 && usedMB >= 0)) {
            throw new IllegalArgumentException(
                    "initMs and usedMB must not be negative, got: " + initMs + " and " + usedMB);
        }
        NavigableMap<Integer, List<Double>> sorted = new TreeMap<>();
        samplesMs.forEach(
                (size, samples) -> sorted.put(size, samples.stream().sorted().toList()));
        samplesMs = Collections.unmodifiableNavigableMap(sorted);
    }

    @Override
    public double drawMs(int memoryMB, RandomGenerator random) {
        double quantile = random.nextDouble();
        Map.Entry<Integer, List<Double>> below = samplesMs.floorEntry(memoryMB);
        Map.Entry<Integer, List<Double>> above = samplesMs.ceilingEntry(memoryMB);
        if (below == null || above == null) {
            return at(below == null ? samplesMs.firstEntry() : samplesMs.lastEntry(), quantile);
        }
        double lowMs = at(below, quantile);
        if (below.getKey().equals(above.getKey())) {
            return lowMs;
        }
        double share =
                Math.log((double) memoryMB / below.getKey()) / Math.log((double) above.getKey() / below.getKey());
        return lowMs * Math.pow(at(above, quantile) / lowMs, share);
    }

    private static double at(Map.Entry<Integer, List<Double>> size, double quantile) {
        List<Double> samples = size.getValue();
        return samples.get((int) (quantile * samples.size()));
    }
}
