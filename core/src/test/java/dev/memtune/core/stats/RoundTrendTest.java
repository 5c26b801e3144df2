// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundTrendTest {
    /** Two series of three rounds of four, each {@code step} faster than the one before; rounds and series differ. */
    private static List<RoundTrend.Timed> values(double step, double scatter, long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<RoundTrend.Timed> values = new ArrayList<>();
        for (int series = 0; series < 2; series++) {
            for (int place = 0; place < 12; place++) {
                double log = 3 * series + 0.5 * (place / 4) + step * (place % 4) + scatter * random.nextGaussian();
                values.add(new RoundTrend.Timed(series, place / 4, place, Math.exp(log)));
            }
        }
        return values;
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
        List<RoundTrend.Timed> values = values(-0.02, 0.1, 3);
        RoundTrend trend = RoundTrend.of(values);
        Collections.shuffle(values, new Random(1));
        assertThat(RoundTrend.of(values)).isEqualTo(trend);
    }

    @Test
    void knowsNothingWithoutPlaces() {
        List<RoundTrend.Timed> same = List.of(
                new RoundTrend.Timed(1, 1, 0, 5), new RoundTrend.Timed(1, 1, 0, 6), new RoundTrend.Timed(1, 1, 0, 7));
        assertThat(RoundTrend.of(same)).isEqualTo(RoundTrend.NONE);
        assertThat(RoundTrend.of(List.of())).isEqualTo(RoundTrend.NONE);
        assertThat(RoundTrend.NONE.isSignificant(0.05)).isFalse();
    }
}
