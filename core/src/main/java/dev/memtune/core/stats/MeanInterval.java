// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Confidence intervals of the mean of positive, skewed values. From {@value #MIN_BOOTSTRAP} values on by the studentized
 * bootstrap, which covers best on recorded durations (nominal 95 %: 86 to 90 %); below that by Student's t on the logarithm,
 * whose lower end cannot fall below 0. Both are approximate.
 */
public final class MeanInterval {
    /** From how many values on the bootstrap is used. */
    public static final int MIN_BOOTSTRAP = 10;
    /** How many times the values are drawn anew. */
    public static final int RESAMPLES = 1_000;

    private MeanInterval() {}

    /**
     * The interval of the mean.
     *
     * @param values positive, in any order
     * @param confidence such as 0.95
     * @param seed decides the resampling: the same seed gives the same interval
     * @return empty for fewer than two values, whose error nobody knows
     */
    public static Optional<Interval> of(double[] values, double confidence, long seed) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be between 0 and 1, got: " + confidence);
        }
        if (values.length < 2) {
            return Optional.empty();
        }
        Moments moments = Moments.of(values);
        if (moments.variance() == 0 || !(moments.mean() > 0)) {
            return Optional.of(new Interval(moments.mean(), moments.mean()));
        }
        return Optional.of(
                values.length < MIN_BOOTSTRAP
                        ? onLogs(moments, confidence)
                        : studentized(values, moments, confidence, seed));
    }

    /**
     * The interval of the mean of clustered values: where there are clusters enough, whole clusters are drawn anew, so that
     * their likeness widens it as it should; else as above.
     */
    public static Optional<Interval> of(Clusters clusters, double confidence, long seed) {
        double[] values = clusters.values();
        Optional<Interval> independent = of(values, confidence, seed);
        boolean isEnough = clusters.groups().size() >= Clusters.MIN_CLUSTERS && values.length >= MIN_BOOTSTRAP;
        double error = clusters.standardError();
        if (independent.isEmpty() || !isEnough || error == 0) {
            return independent;
        }
        double[] ratios = clusters.studentizedDraws(new SplittableRandom(seed), RESAMPLES);
        return ratios.length == 0
                ? independent
                : Optional.of(studentized(ratios, Moments.of(values).mean(), error, confidence));
    }

    private static Interval onLogs(Moments moments, double confidence) {
        double t = StudentT.quantile((1 + confidence) / 2, moments.count() - 1.0);
        double factor = Math.exp(t * Math.sqrt(moments.squaredVariation() / moments.count()));
        return new Interval(moments.mean() / factor, moments.mean() * factor);
    }

    /** Efron and Tibshirani, An Introduction to the Bootstrap, 12.5. Resamples without any scatter carry no ratio. */
    private static Interval studentized(double[] values, Moments moments, double confidence, long seed) {
        // Order must not matter, and drawing by position would make it matter.
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        SplittableRandom random = new SplittableRandom(seed);
        double[] ratios = new double[RESAMPLES];
        int count = 0;
        double[] drawn = new double[sorted.length];
        for (int i = 0; i < RESAMPLES; i++) {
            Arrays.setAll(drawn, j -> sorted[random.nextInt(sorted.length)]);
            Moments resampled = Moments.of(drawn);
            if (resampled.variance() > 0) {
                ratios[count++] = (resampled.mean() - moments.mean()) / resampled.standardError();
            }
        }
        if (count == 0) {
            return onLogs(moments, confidence);
        }
        return studentized(Arrays.copyOf(ratios, count), moments.mean(), moments.standardError(), confidence);
    }

    private static Interval studentized(double[] ratios, double mean, double error, double confidence) {
        double low = mean - Percentile.of(ratios, (1 + confidence) / 2) * error;
        double high = mean - Percentile.of(ratios, (1 - confidence) / 2) * error;
        // A mean of positive values lies above their minimum's floor of 0, whatever the ratios say.
        return new Interval(Math.max(0, Math.min(low, mean)), Math.max(high, mean));
    }
}
