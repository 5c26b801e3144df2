// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Collection;

/**
 * How much the invocations of one function scatter, over all its sizes. A few values say little about their own scatter,
 * but sizes of one function are alike, so each size's variance is drawn towards the common one, and that towards a usual
 * one: 10 % with the weight of three values. So even one value has an error that can be reckoned with.
 *
 * @param squaredVariation the common squared coefficient of variation
 */
public record PooledNoise(double squaredVariation) {
    private static final double PRIOR_SQUARED_VARIATION = 0.10 * 0.10;
    private static final double PRIOR_WEIGHT = 3;
    /** One size that is mad does not speak for the others. */
    private static final double MAX_SQUARED_VARIATION = 0.5;
    /** Billing counts whole milliseconds and clocks are no better: nothing is known more exactly than 1 %. */
    private static final double MIN_SQUARED_VARIATION = 1e-4;

    /** What the sizes have in common. */
    public static PooledNoise of(Collection<Moments> sizes) {
        double weight = PRIOR_WEIGHT;
        double sum = PRIOR_WEIGHT * PRIOR_SQUARED_VARIATION;
        for (Moments size : sizes) {
            weight += size.count() - 1;
            sum += (size.count() - 1) * Math.min(size.squaredVariation(), MAX_SQUARED_VARIATION);
        }
        return new PooledNoise(sum / weight);
    }

    /** The log of a size's mean, its variance drawn towards the common one. @throws IllegalArgumentException if mean <= 0 */
    public LogMean shrink(Moments size) {
        double degreesOfFreedom = PRIOR_WEIGHT + size.count() - 1;
        double own = (size.count() - 1) * size.squaredVariation();
        double shrunk = (PRIOR_WEIGHT * squaredVariation + own) / degreesOfFreedom;
        double variance = Math.max(shrunk, MIN_SQUARED_VARIATION) / size.count();
        return new LogMean(Math.log(size.mean()), variance, degreesOfFreedom);
    }
}
