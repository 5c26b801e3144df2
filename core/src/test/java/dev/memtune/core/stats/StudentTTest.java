// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

final class StudentTTest {
    private static final double[] PROBABILITIES = {1e-6, 0.0005, 0.01, 0.025, 0.2, 0.499, 0.6, 0.95, 0.975, 0.9999};

    @Test
    void quantilesAgreeWithAnotherLibrary() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            double freedom = 0.7 + Math.exp(random.nextDouble(0, 9));
            TDistribution oracle = new TDistribution(freedom, 1e-13);
            for (double probability : PROBABILITIES) {
                double expected = oracle.inverseCumulativeProbability(probability);
                assertThat(StudentT.quantile(probability, freedom))
                        .describedAs("p=%s, df=%s", probability, freedom)
                        .isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    @Test
    void quantilesAgreeWithPrintedTables() {
        assertThat(StudentT.quantile(0.975, 1)).isCloseTo(12.706204736, within(1e-8));
        assertThat(StudentT.quantile(0.975, 5)).isCloseTo(2.570581836, within(1e-8));
        assertThat(StudentT.quantile(0.95, 30)).isCloseTo(1.697260887, within(1e-8));
        assertThat(StudentT.quantile(0.975, 1e6)).isCloseTo(1.959966, within(1e-5));
    }

    @Test
    void theDistributionFunctionUndoesTheQuantile() {
        for (double probability : PROBABILITIES) {
            double t = StudentT.quantile(probability, 4.5);
            assertThat(StudentT.cumulative(t, 4.5)).isCloseTo(probability, within(1e-12));
        }
    }

    @Test
    void isSymmetric() {
        assertThat(StudentT.quantile(0.5, 3)).isZero();
        assertThat(StudentT.quantile(0.1, 3)).isEqualTo(-StudentT.quantile(0.9, 3), within(1e-12));
    }

    @Test
    void rejectsWhatIsNoProbability() {
        assertThatThrownBy(() -> StudentT.quantile(1, 3)).hasMessageContaining("between 0 and 1, got: 1.0");
        assertThatThrownBy(() -> StudentT.quantile(0.5, 0)).hasMessageContaining("degreesOfFreedom");
    }
}
