// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PayloadMixTest {
    @Test
    void takesTurnsWhenWeightsAreEqual() {
        assertThat(new PayloadMix(List.of(1.0, 1.0, 1.0)).first(7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void keepsToTheWeights() {
        assertThat(new PayloadMix(List.of(3.0, 1.0)).first(8)).containsExactly(0, 0, 1, 0, 0, 0, 1, 0);
    }

    @Test
    void aLongerSequenceBeginsWithTheShorter() {
        PayloadMix mix = new PayloadMix(List.of(0.7, 0.2, 0.1));
        assertThat(Arrays.copyOf(mix.first(100), 37)).isEqualTo(mix.first(37));
    }

    @Test
    void everyStretchFromTheStartHasNearlyTheMix() {
        SplittableRandom random = new SplittableRandom(11);
        for (int run = 0; run < 100; run++) {
            List<Double> weights = new ArrayList<>();
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                weights.add(random.nextDouble(0.1, 10));
            }
            double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
            int length = 1 + random.nextInt(300);
            int[] sequence = new PayloadMix(weights).first(length);
            for (int i = 0; i < count; i++) {
                int payload = i;
                long given =
                        Arrays.stream(sequence).filter(one -> one == payload).count();
                assertThat((double) given).isCloseTo(length * weights.get(i) / sum, within((double) count));
            }
        }
    }

    @Test
    void rejectsAWeightOfNothing() {
        assertThatThrownBy(() -> new PayloadMix(List.of(1.0, 0.0))).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new PayloadMix(List.of())).hasMessageContaining("at least one");
    }
}
