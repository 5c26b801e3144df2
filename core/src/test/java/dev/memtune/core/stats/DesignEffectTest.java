// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memtune.core.stats.DesignEffect.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DesignEffectTest {
    private static final int ROUNDS = 12;
    private static final int PER_ROUND = 5;

    /** Rounds of which each so many are served by the same environment. */
    private static List<Timed> series(double environment, int roundsEach, long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<Timed> series = new ArrayList<>();
        double host = 0;
        for (int round = 0; round < ROUNDS; round++) {
            host = round % roundsEach == 0 ? environment * random.nextGaussian() : host;
            for (int i = 0; i < PER_ROUND; i++) {
                series.add(new Timed(round, 100 * (1 + host + 0.03 * random.nextGaussian())));
            }
        }
        return series;
    }

    private static double meanFactor(double environment, int roundsEach) {
        double sum = 0;
        for (int seed = 0; seed < 100; seed++) {
            sum += DesignEffect.of(
                            List.of(series(environment, roundsEach, seed), series(environment, roundsEach, -seed)))
                    .factor();
        }
        return sum / 100;
    }

    @Test
    void isHardlySeenInIndependentValues() {
        assertThat(meanFactor(0, 1)).isBetween(1.0, 1.3);
    }

    @Test
    void growsWithTheLikenessOfRounds() {
        double inRounds = meanFactor(0.10, 1);
        assertThat(inRounds).isGreaterThan(3);
        assertThat(meanFactor(0.10, 3)).isGreaterThan(2 * inRounds);
    }

    @Test
    void makesTheVarianceGreaterAndItsDegreesOfFreedomFewer() {
        DesignEffect effect = DesignEffect.of(List.of(series(0.10, 3, 1), series(0.10, 3, 2)));
        LogMean mean = new LogMean(1, 0.01, 60);
        assertThat(effect.on(mean, 2).variance()).isCloseTo(0.01 * effect.factor(), within(1e-12));
        assertThat(effect.on(mean, 2).degreesOfFreedom()).isEqualTo(ROUNDS - 1.0);
        assertThat(DesignEffect.NONE.on(mean, 2)).isEqualTo(mean);
    }
}
