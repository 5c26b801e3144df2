// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import java.util.random.RandomGenerator;

/**
 * How long a modelled function takes: {@code waitMs + workMs * 1769 / memory}, the work not faster than one virtual CPU
 * allows, each duration multiplied by a noise factor.
 *
 * @param workMs the work on one whole virtual CPU, in milliseconds, not negative
 * @param waitMs the waiting, which no CPU shortens, in milliseconds, not negative
 * @param initMs the init phase of a cold start, in milliseconds, not negative
 * @param noise the standard deviation of the noise factor's logarithm, 0 for none
 * @param usedMB the memory it uses; a smaller size runs out of memory
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">1,769 MB are one vCPU</a>
 */
public record ModelCurve(double workMs, double waitMs, double initMs, double noise, int usedMB) implements Curve {
    private static final double MB_PER_CPU = 1_769;

    /** @throws IllegalArgumentException if a component is negative or not a number */
    public ModelCurve {
        if (!(workMs >= 0 && waitMs >= 0 && initMs >= 0 && noise >= 0 && usedMB >= 0)) {
            throw new IllegalArgumentException("a model's components must not be negative, got: workMs " + workMs
                    + ", waitMs " + waitMs + ", initMs " + initMs + ", noise " + noise + ", usedMB " + usedMB);
        }
    }

    /** The duration without noise, in milliseconds. */
    public double durationMs(int memoryMB) {
        return waitMs + workMs / Math.min(1, memoryMB / MB_PER_CPU);
    }

    @Override
    public double drawMs(int memoryMB, RandomGenerator random) {
        return durationMs(memoryMB) * Math.exp(random.nextGaussian() * noise);
    }
}
