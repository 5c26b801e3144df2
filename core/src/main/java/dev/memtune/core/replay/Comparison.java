// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import dev.memtune.core.stats.Interval;
import dev.memtune.core.stats.Percentile;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Two policies on the same draws. Intervals are 95 %, by drawing functions anew (runs, where there is one function only): so
 * they say what to expect of other functions of the kind.
 *
 * @param first a policy
 * @param second another
 * @param regretDifference the first's mean regret less the second's, as a share: negative where the first is better
 * @param regretDifferenceInterval where it lies
 * @param gbSecondsRatio the second's spending over the first's: above 1 where the first is cheaper
 * @param gbSecondsRatioInterval where it lies
 */
public record Comparison(
        String first,
        String second,
        double regretDifference,
        Interval regretDifferenceInterval,
        double gbSecondsRatio,
        Interval gbSecondsRatioInterval) {
    private static final int RESAMPLES = 1_000;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    /** Compares. Both lists have a list per function, and that a trial per run, in the same order. */
    static Comparison of(String first, String second, List<List<Trial>> firsts, List<List<Trial>> seconds, long seed) {
        double[][] units = {
            units(firsts, Trial::regret), units(seconds, Trial::regret),
            units(firsts, Trial::gbSeconds), units(seconds, Trial::gbSeconds)
        };
        int count = units[0].length;
        SplittableRandom random = new SplittableRandom(seed).split();
        double[] differences = new double[RESAMPLES];
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            int[] drawn = random.ints(count, 0, count).toArray();
            differences[i] = mean(units[0], drawn) - mean(units[1], drawn);
            ratios[i] = mean(units[3], drawn) / mean(units[2], drawn);
        }
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return new Comparison(
                first,
                second,
                mean(units[0], all) - mean(units[1], all),
                interval(differences),
                mean(units[3], all) / mean(units[2], all),
                interval(ratios));
    }

    private static double[] units(List<List<Trial>> functions, ToDoubleFunction<Trial> value) {
        if (functions.size() == 1) {
            return functions.getFirst().stream().mapToDouble(value).toArray();
        }
        return functions.stream()
                .mapToDouble(
                        trials -> trials.stream().mapToDouble(value).average().orElseThrow())
                .toArray();
    }

    private static double mean(double[] units, int[] drawn) {
        double sum = 0;
        for (int index : drawn) {
            sum += units[index];
        }
        return sum / drawn.length;
    }

    private static Interval interval(double[] values) {
        return new Interval(Percentile.of(values, LOW), Percentile.of(values, HIGH));
    }
}
