// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** Binomial probabilities, and how alike the values of a round are. */
class CountsTest {
    @Test
    void binomialAgreesWithAnotherImplementation() {
        for (int trials : new int[] {1, 8, 60, 500}) {
            BinomialDistribution other = new BinomialDistribution(trials, 0.95);
            for (int successes = -1; successes <= trials; successes++) {
                assertThat(Binomial.atMost(successes, trials, 0.95))
                        .isCloseTo(other.cumulativeProbability(successes), within(1e-9));
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Binomial.atMost(3, 2, 0.5));
    }

    private static List<DesignEffect.Timed> values(double likeness, long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<DesignEffect.Timed> values = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            double common = likeness * random.nextGaussian();
            for (int i = 0; i < 5; i++) {
                values.add(new DesignEffect.Timed(round, 10 + common + random.nextGaussian()));
            }
        }
        return values;
    }

    @Test
    void valuesThatAreAlikeWithinARoundCountForFewer() {
        double independent = 0;
        double alike = 0;
        for (int seed = 0; seed < 200; seed++) {
            independent += DesignEffect.of(List.of(values(0, seed), values(0, 1_000 + seed)))
                            .factor()
                    / 200;
            alike += DesignEffect.of(List.of(values(1, seed), values(1, 1_000 + seed)))
                            .factor()
                    / 200;
        }
        assertThat(independent).isBetween(1.0, 1.25);
        assertThat(alike).isGreaterThan(2);
        assertThat(DesignEffect.of(List.of(List.of(new DesignEffect.Timed(1, 5)))))
                .isEqualTo(DesignEffect.NONE);
    }
}
