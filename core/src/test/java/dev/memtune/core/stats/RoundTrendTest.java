// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTrendTest {
    /** Two series of three rounds of four, each {@code step} faster than the one before; rounds and series differ. */
    private static List<RoundTrend.Series> values(double step, double scatter, long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<RoundTrend.Series> all = new ArrayList<>();
        for (int series = 0; series < 2; series++) {
            double[] values = new double[12];
            for (int place = 0; place < values.length; place++) {
                int round = place / 4;
                double log = 3 * series + 0.5 * round + step * (place % 4) + scatter * random.nextGaussian();
                values[place] = Math.exp(log);
            }
            int[] rounds = IntStream.range(0, 12).map(place -> place / 4).toArray();
            all.add(new RoundTrend.Series(values, rounds, IntStream.range(0, 12).toArray()));
        }
        return all;
    }

    @Test
    void findsTheSlopeWithinRounds() {
        RoundTrend trend = RoundTrend.of(values(-0.05, 0.01, 1));
        assertThat(trend.slope()).isCloseTo(-0.05, within(0.01));
        assertThat(trend.degreesOfFreedom()).isEqualTo(17);
        assertThat(trend.isSignificant(0.001)).isTrue();
    }

    @Test
    void isSeldomSignificantWhereThereIsNone() {
        int significant = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            significant += RoundTrend.of(values(0, 0.1, seed)).isSignificant(0.05) ? 1 : 0;
        }
        assertThat(significant).isBetween(25, 75);
    }

    @Test
    void doesNotDependOnTheOrderOfTheValues() {
        List<RoundTrend.Series> forward = values(-0.02, 0.1, 3);
        List<RoundTrend.Series> backward = forward.stream()
                .map(one -> new RoundTrend.Series(
                        IntStream.range(0, 12)
                                .mapToDouble(i -> one.values()[11 - i])
                                .toArray(),
                        IntStream.range(0, 12).map(i -> one.rounds()[11 - i]).toArray(),
                        IntStream.range(0, 12).map(i -> one.places()[11 - i]).toArray()))
                .toList();
        assertThat(RoundTrend.of(backward)).isEqualTo(RoundTrend.of(forward));
    }

    @Test
    void knowsNothingWithoutPlaces() {
        RoundTrend.Series same =
                new RoundTrend.Series(new double[] {5, 6, 7}, new int[] {1, 1, 1}, new int[] {0, 0, 0});
        assertThat(RoundTrend.of(List.of(same))).isEqualTo(RoundTrend.NONE);
        assertThat(RoundTrend.of(List.of())).isEqualTo(RoundTrend.NONE);
        assertThat(RoundTrend.NONE.isSignificant(0.05)).isFalse();
    }
}
