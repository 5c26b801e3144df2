// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    private static double[] durations(SplittableRandom random, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> 100 * Math.exp(0.2 * random.nextGaussian()));
        return values;
    }

    @Test
    void momentsAgreeWithAnotherLibrary() {
        SplittableRandom random = new SplittableRandom(1);
        for (int count = 2; count < 60; count++) {
            double[] values = durations(random, count);
            Moments moments = Moments.of(values);
            assertThat(moments.mean()).isCloseTo(StatUtils.mean(values), within(1e-9));
            assertThat(moments.variance()).isCloseTo(StatUtils.variance(values), within(1e-7));
        }
    }

    @Test
    void percentilesAgreeWithAnotherLibrary() {
        SplittableRandom random = new SplittableRandom(2);
        for (int count = 1; count < 60; count++) {
            double[] values = durations(random, count);
            for (double share : new double[] {0.01, 0.25, 0.5, 0.95, 0.99, 1}) {
                double expected = new org.apache.commons.math3.stat.descriptive.rank.Percentile()
                        .withEstimationType(EstimationType.R_7)
                        .evaluate(values, share * 100);
                assertThat(Percentile.of(values, share)).isCloseTo(expected, within(1e-9));
            }
        }
    }

    @Test
    void welchAgreesWithAnotherLibraryOnItsOwnScale() {
        SplittableRandom random = new SplittableRandom(3);
        TTest oracle = new TTest();
        for (int i = 0; i < 100; i++) {
            double[] first = durations(random, 3 + random.nextInt(20));
            double[] second = durations(random, 3 + random.nextInt(20));
            Welch welch = Welch.between(plain(first), plain(second));
            assertThat(welch.pValue()).isCloseTo(oracle.tTest(first, second), within(1e-9));
        }
    }

    /** A mean as it is, so that the comparison is the textbook's. */
    private static LogMean plain(double[] values) {
        Moments moments = Moments.of(values);
        return new LogMean(moments.mean(), moments.variance() / moments.count(), moments.count() - 1.0);
    }

    @Test
    void theExpectedLossIsThatOfManyDraws() {
        SplittableRandom random = new SplittableRandom(9);
        for (double difference : new double[] {-0.05, 0, 0.02, 0.1}) {
            Welch welch = new Welch(difference, 0.05, 20);
            double lost = random.doubles(200_000)
                    .map(any -> Math.max(0, -difference - 0.05 * random.nextGaussian()))
                    .average()
                    .orElseThrow();
            assertThat(welch.expectedLoss()).isCloseTo(lost, within(5e-4));
        }
        assertThat(new Welch(0.1, 0, 20).expectedLoss()).isZero();
        assertThat(new Welch(-0.1, 0, 20).expectedLoss()).isEqualTo(0.1);
    }

    @Test
    void theDeltaMethodIsNearTheLogsThemselves() {
        double[] values = durations(new SplittableRandom(4), 4_000);
        Moments logs = Moments.of(Arrays.stream(values).map(Math::log).toArray());
        LogMean mean = LogMean.of(Moments.of(values));
        assertThat(mean.variance() * 4_000).isCloseTo(logs.variance(), within(0.005));
    }

    @Test
    void intervalsCoverTheTruthAboutAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(5);
        double truth = 100 * Math.exp(0.2 * 0.2 / 2);
        for (int count : new int[] {5, 20}) {
            int covered = 0;
            for (int i = 0; i < 400; i++) {
                covered += MeanInterval.of(durations(random, count), 0.95, i)
                                .orElseThrow()
                                .contains(truth)
                        ? 1
                        : 0;
            }
            assertThat(covered).describedAs("of 400 at n=%s", count).isBetween(364, 396);
        }
    }

    @Test
    void intervalsDependOnTheSeedAndNotOnTheOrder() {
        double[] values = durations(new SplittableRandom(6), 15);
        double[] reversed = new double[15];
        Arrays.setAll(reversed, i -> values[14 - i]);
        assertThat(MeanInterval.of(values, 0.95, 1)).isEqualTo(MeanInterval.of(reversed, 0.95, 1));
        assertThat(MeanInterval.of(values, 0.95, 1)).isNotEqualTo(MeanInterval.of(values, 0.95, 2));
    }

    @Test
    void oneValueHasNoInterval() {
        assertThat(MeanInterval.of(new double[] {5}, 0.95, 1)).isEmpty();
    }

    @Test
    void equalValuesHaveAnIntervalOfNoWidth() {
        double[] equal = new double[12];
        Arrays.fill(equal, 7);
        assertThat(MeanInterval.of(equal, 0.95, 1)).contains(new Interval(7, 7));
    }

    @Test
    void capsOnlyWhatIsFarTooLong() {
        Capped capped = Capped.of(new double[] {1, 10, 10, 11, 31, 500});
        assertThat(capped.cappedCount()).isEqualTo(1);
        assertThat(capped.values()).containsExactly(1, 10, 10, 11, 31, 31.5);
    }

    @Test
    void capsNothingOfTwo() {
        assertThat(Capped.of(new double[] {1, 500}).cappedCount()).isZero();
    }

    @Test
    void trimsAsPowerTuningDoes() {
        assertThat(TrimmedMean.of(new double[] {1, 2, 3, 4, 100}, 0.2)).isEqualTo(3);
        assertThat(TrimmedMean.of(new double[] {1, 2, 3}, 0.2)).isEqualTo(2);
        assertThatThrownBy(() -> TrimmedMean.of(new double[] {1}, 0.5)).hasMessageContaining("0.4");
    }

    @Test
    void oneValueHasAnErrorThroughItsSiblings() {
        PooledNoise noise = PooledNoise.of(List.of(new Moments(1, 100, 0), new Moments(10, 50, 25)));
        LogMean shrunk = noise.shrink(new Moments(1, 100, 0));
        assertThat(shrunk.variance()).isBetween(0.005, 0.02);
        assertThat(shrunk.degreesOfFreedom()).isEqualTo(3);
    }

    /** Worked out by hand: 2 × 10 − 1 × 8 = 12, its error √(4 × 4/16 + 9/9) = √2, 20.2 degrees of freedom, t = 2.0846. */
    @Test
    void aDifferenceOfMeansHasWelchsInterval() {
        Interval interval = MeanDifference.of(
                        new MeanDifference.Scaled(new Moments(16, 10, 4), 2),
                        new MeanDifference.Scaled(new Moments(9, 8, 9), 1),
                        0.95)
                .orElseThrow();
        assertThat(interval.low()).isCloseTo(12 - 2.0846 * Math.sqrt(2), within(0.01));
        assertThat(interval.high()).isCloseTo(12 + 2.0846 * Math.sqrt(2), within(0.01));
        MeanDifference.Scaled one = new MeanDifference.Scaled(new Moments(1, 8, 0), 1);
        assertThat(MeanDifference.of(one, one, 0.95)).isEmpty();
        MeanDifference.Scaled equal = new MeanDifference.Scaled(new Moments(5, 8, 0), 1);
        assertThat(MeanDifference.of(equal, equal, 0.95)).contains(new Interval(0, 0));
    }

    @Test
    void rejectsNoValues() {
        assertThatThrownBy(() -> Moments.of(new double[0])).hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> Percentile.of(new double[0], 0.5)).hasMessageContaining("0 values");
    }
}
