// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.stats.Drift.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static List<Timed> values(double lateFactor, long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<Timed> values = new ArrayList<>();
        for (int round = 1; round <= 10; round++) {
            for (int i = 0; i < 4; i++) {
                double scatter = Math.exp(0.1 * random.nextGaussian());
                values.add(new Timed(round, 100 * scatter * (round > 5 ? lateFactor : 1)));
            }
        }
        return values;
    }

    @Test
    void seesWarmingUp() {
        Drift drift = Drift.of(values(0.7, 1));
        assertThat(drift.isSignificant()).isTrue();
        assertThat(Math.exp(drift.difference())).isBetween(0.6, 0.8);
    }

    @Test
    void rarelyCriesWolf() {
        int alarms = 0;
        for (int seed = 0; seed < 300; seed++) {
            alarms += Drift.of(values(1, seed)).isSignificant() ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(6);
    }

    @Test
    void knowsNothingOfOneRound() {
        assertThat(Drift.of(List.of(new Timed(1, 1), new Timed(1, 9), new Timed(1, 1), new Timed(1, 9))))
                .isEqualTo(Drift.NONE);
        assertThat(Drift.NONE.isSignificant()).isFalse();
    }
}
