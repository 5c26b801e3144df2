// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.LogMean;
import dev.memtune.core.stats.Welch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the sizes of one function are likely to lie, by what was measured at each and by how durations usually change from one
 * size to the next. Guides what is bought and what is chosen; statements rest on the measurements alone.
 *
 * <p>A random walk over the logarithms of sizes: each step has the usual change and scatter of its stretch. What is usual was
 * read off the mean curves of 114 functions (Cebert 2025; Power Tuning results published with UnFaaSener and MemFigLess),
 * rounded, and drawn together where the sources differ; {@code docs/concepts/search.md} has what it is worth on functions that
 * it was not read off.
 */
final class Curve {
    private static final double[] EDGES_MB = {128, 256, 512, 1024, 1769, 3008, 10_240};
    /** The usual change of the duration's logarithm with a doubling of memory, between two edges; halving it is -0.69. */
    private static final double[] CHANGES = {-0.62, -0.55, -0.50, -0.38, -0.10, -0.04};
    /** Its standard deviation between functions. */
    private static final double[] SCATTERS = {0.30, 0.30, 0.30, 0.33, 0.35, 0.15};
    /** What a size has of its own, however near its neighbours are. */
    private static final double OWN = 0.03;
    /** The same where durations fall in steps. */
    private static final double STEP = 0.21;

    private final Map<String, Integer> places = new HashMap<>();
    /** Of the inverse of the covariance: its diagonal, and what is beside it. */
    private final double[] diagonal;

    private final double[] beside;
    private final double[] pivots;
    private final double[] variances;
    private final double[] likely;

    /**
     * Fits.
     *
     * @param candidates at least one
     * @param costWeight of the index that they are compared by
     * @param rounds what measurements of a round have in common
     */
    Curve(List<Candidate> candidates, double costWeight, RoundEffect rounds) {
        List<Candidate> sorted = candidates.stream().sorted(Candidate.BY_SIZE).toList();
        int count = sorted.size();
        diagonal = new double[count];
        beside = new double[count];
        double[] weighed = new double[count];
        double own = sorted.getLast().billed().mean() < ExtraSizes.SHORT_MS ? STEP : OWN;
        for (int i = 0; i < count; i++) {
            LogMean index = sorted.get(i).index();
            double variance = index.variance() + rounds.variance(sorted.get(i));
            places.put(sorted.get(i).arm().armId(), i);
            diagonal[i] += 1 / variance;
            weighed[i] += index.value() / variance;
            if (i > 0) {
                Step step = Step.between(sorted.get(i - 1), sorted.get(i), costWeight);
                double weight = 1 / (step.variance() + 2 * own * own);
                diagonal[i - 1] += weight;
                diagonal[i] += weight;
                beside[i - 1] = -weight;
                weighed[i - 1] -= weight * step.change();
                weighed[i] += weight * step.change();
            }
        }
        pivots = pivots();
        variances = variances();
        likely = solved(weighed);
    }

    /** What lies between two sizes. */
    private record Step(double change, double variance) {
        static Step between(Candidate lower, Candidate upper, double costWeight) {
            double low = lower.arm().memoryMB();
            double high = upper.arm().memoryMB();
            double change = costWeight * Math.log(high / low);
            double variance = 0;
            for (int i = 0; i < CHANGES.length; i++) {
                double share = Math.min(high, EDGES_MB[i + 1]) / Math.max(low, EDGES_MB[i]);
                double doublings = Math.max(0, Math.log(share) / Math.log(2));
                change += CHANGES[i] * doublings;
                variance += Math.pow(SCATTERS[i] * doublings, 2);
            }
            return new Step(change, variance);
        }
    }

    /** The index that is likely. */
    double likely(Candidate one) {
        return likely[place(one)];
    }

    /** How the second is likely to differ from the first. The scatter of curves is known, so it is taken for normal. */
    Welch between(Candidate first, Candidate second) {
        int one = place(first);
        int other = place(second);
        double[] unit = new double[diagonal.length];
        unit[one] = 1;
        double variance = variances[one] + variances[other] - 2 * solved(unit)[other];
        return new Welch(likely[other] - likely[one], Math.sqrt(Math.max(0, variance)), Double.MAX_VALUE);
    }

    private int place(Candidate one) {
        return places.getOrDefault(one.arm().armId(), 0);
    }

    /** Gauss's elimination of a matrix that has nothing but three diagonals. */
    private double[] pivots() {
        double[] eliminated = diagonal.clone();
        for (int i = 1; i < eliminated.length; i++) {
            eliminated[i] -= beside[i - 1] * beside[i - 1] / eliminated[i - 1];
        }
        return eliminated;
    }

    /** The diagonal of the inverse: eliminated from both ends, what is left in the middle. */
    private double[] variances() {
        double[] result = new double[diagonal.length];
        double below = 0;
        for (int i = diagonal.length - 1; i >= 0; i--) {
            result[i] = 1 / (pivots[i] - below);
            below = i == 0 ? 0 : beside[i - 1] * beside[i - 1] / (diagonal[i] - below);
        }
        return result;
    }

    private double[] solved(double[] right) {
        double[] solution = Arrays.copyOf(right, right.length);
        for (int i = 1; i < solution.length; i++) {
            solution[i] -= beside[i - 1] / pivots[i - 1] * solution[i - 1];
        }
        for (int i = solution.length - 1; i >= 0; i--) {
            double after = i + 1 < solution.length ? beside[i] * solution[i + 1] : 0;
            solution[i] = (solution[i] - after) / pivots[i];
        }
        return solution;
    }
}
