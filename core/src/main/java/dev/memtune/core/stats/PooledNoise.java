// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.stats;

import java.util.Collection;

/**
 * How much the invocations of one function scatter, over all its sizes. A few values say little about their own scatter,
 * but sizes of one function are alike, so each size's variance is drawn towards the common one with the weight of three
 * values, and that towards a usual one. So even one value has an error that can be reckoned with.
 *
 * @param squaredVariation the common squared coefficient of variation
 */
public record PooledNoise(double squaredVariation) {
    /** The common variance is worth so many values of a size. */
    private static final double WEIGHT = 3;

    /** What is thought of one or two sizes before they were measured: 10 %, as surely as after three values. */
    private static final Usual OF_FEW = new Usual(0.10, WEIGHT);
    /**
     * Of many sizes: a quarter of the recorded functions scatter by less than 5 %. That they do is soon known of all their sizes
     * together, so what was thought before weighs no more than a value; else each of them would be argued about as if it were
     * noisy.
     */
    private static final Usual OF_MANY = new Usual(0.05, 1);

    private record Usual(double variation, double weight) {}

    /** One size that is mad does not speak for the others. */
    private static final double MAX_SQUARED_VARIATION = 0.5;
    /** Billing counts whole milliseconds and clocks are no better: nothing is known more exactly than 1 %. */
    private static final double MIN_SQUARED_VARIATION = 1e-4;

    /** What one or two sizes have in common. */
    public static PooledNoise of(Collection<Moments> sizes) {
        return of(sizes, OF_FEW);
    }

    /** What the sizes of a whole search have in common. */
    public static PooledNoise ofMany(Collection<Moments> sizes) {
        return of(sizes, OF_MANY);
    }

    private static PooledNoise of(Collection<Moments> sizes, Usual usual) {
        double weight = usual.weight;
        double sum = usual.weight * usual.variation * usual.variation;
        for (Moments size : sizes) {
            weight += size.count() - 1;
            sum += (size.count() - 1) * Math.min(size.squaredVariation(), MAX_SQUARED_VARIATION);
        }
        return new PooledNoise(sum / weight);
    }

    /** The log of a size's mean, its variance drawn towards the common one. @throws IllegalArgumentException if mean <= 0 */
    public LogMean shrink(Moments size) {
        double degreesOfFreedom = WEIGHT + size.count() - 1;
        double own = (size.count() - 1) * size.squaredVariation();
        double shrunk = (WEIGHT * squaredVariation + own) / degreesOfFreedom;
        double variance = Math.max(shrunk, MIN_SQUARED_VARIATION) / size.count();
        return new LogMean(Math.log(size.mean()), variance, degreesOfFreedom);
    }
}
