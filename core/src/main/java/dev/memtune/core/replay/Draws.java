// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import java.util.SplittableRandom;

/**
 * The stationary bootstrap of <a href="https://doi.org/10.1080/01621459.1994.10476870">Politis and Romano</a>: runs of
 * consecutive records, of geometric length with a mean of {@value #MEAN_BLOCK}, from random places and around the end. So the
 * drift and the likeness of neighbours that the records have, the draws have too.
 */
public final class Draws {
    /** Invocations in a run, on average. */
    static final int MEAN_BLOCK = 8;

    private final double[] values;
    private final SplittableRandom random;
    private int position = -1;

    Draws(double[] values, long seed) {
        this.values = values;
        // A generator's first numbers after seeds that differ by little are alike; those of its split are not.
        this.random = new SplittableRandom(seed).split();
    }

    /** The next one. */
    public double next() {
        boolean isNewBlock = position < 0 || random.nextInt(MEAN_BLOCK) == 0;
        position = isNewBlock ? random.nextInt(values.length) : (position + 1) % values.length;
        return values[position];
    }
}
