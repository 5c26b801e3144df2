// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final int RUNS = 100;
    private static final int PER_CLUSTER = 6;

    /** Means of 100 with a scatter of 2 within a cluster and of {@code between} from cluster to cluster. */
    private static Clusters drawn(int clusters, double between, SplittableRandom random) {
        double[] values = new double[clusters * PER_CLUSTER];
        int[] of = new int[values.length];
        for (int i = 0; i < clusters; i++) {
            double centre = 100 + between * random.nextGaussian();
            for (int j = 0; j < PER_CLUSTER; j++) {
                values[i * PER_CLUSTER + j] = centre + 2 * random.nextGaussian();
                of[i * PER_CLUSTER + j] = i;
            }
        }
        return Clusters.of(values, of);
    }

    private static double coverage(int clusters, double between, boolean isClustered) {
        SplittableRandom random = new SplittableRandom(5).split();
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            Clusters data = drawn(clusters, between, random);
            Interval interval = (isClustered
                            ? MeanInterval.of(data, 0.95, run)
                            : MeanInterval.of(data.values(), 0.95, run))
                    .orElseThrow();
            covered += interval.contains(100) ? 1 : 0;
        }
        return covered / (double) RUNS;
    }

    @Test
    void coversTheMeanWhereValuesOfARoundAreAlike() {
        assertThat(coverage(12, 4, true)).isGreaterThan(0.88);
        assertThat(coverage(12, 4, false)).isLessThan(0.75);
    }

    @Test
    void isNoWiderThanItNeedsToBeWhereTheyAreNot() {
        assertThat(coverage(12, 0, true)).isBetween(0.86, 0.995);
    }

    @Test
    void standardErrorIsThatOfTheClusterMeansWhereClustersAreOfOneValueWithin() {
        double[] centres = {98, 99, 100, 101, 102, 103};
        double[] values =
                IntStream.range(0, 30).mapToDouble(i -> centres[i / 5]).toArray();
        int[] clusters = IntStream.range(0, 30).map(i -> i / 5).toArray();

        assertThat(Clusters.of(values, clusters).standardError())
                .isCloseTo(Moments.of(centres).standardError(), within(1e-9));
    }

    @Test
    void fewClustersSayNothingOfTheirOwnScatter() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        int[] clusters = {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3};
        Clusters few = Clusters.of(values, clusters);

        assertThat(few.standardError()).isEqualTo(Moments.of(values).standardError());
        assertThat(MeanInterval.of(few, 0.95, 1)).isEqualTo(MeanInterval.of(values, 0.95, 1));
    }

    @Test
    void theOrderOfTheValuesDoesNotMatter() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
        int[] clusters = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
        double[] turned = {1, 3, 5, 3, 6, 2, 9, 5, 1, 4};
        int[] turnedClusters = {0, 0, 4, 4, 3, 3, 2, 2, 1, 1};

        assertThat(MeanInterval.of(Clusters.of(turned, turnedClusters), 0.9, 3))
                .isEqualTo(MeanInterval.of(Clusters.of(values, clusters), 0.9, 3));
    }

    @Test
    void refusesValuesWithoutACluster() {
        assertThatThrownBy(() -> Clusters.of(new double[] {1, 2}, new int[] {1}))
                .hasMessage("there must be a cluster for each value, got: 2 and 1");
    }
}
