// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.List;
import java.util.Optional;

/**
 * How much certainty is bought, and so how much is spent.
 *
 * @param name in the input and on the command line
 * @param firstCount warm invocations at each visited size before anything is compared, at least 2
 * @param tolerance the share below which a difference is not argued about: differences of 5 % need about 18 invocations a
 *     size at a coefficient of variation of 5 %, and 260 at 20 %
 * @param errorRate of the statement that no tested size is better by more than the tolerance
 * @param maxPerSize where the argument about one size ends, settled or not
 */
public record Preset(String name, int firstCount, double tolerance, double errorRate, int maxPerSize) {
    /** A first answer: no size more than 10 % better, at 80 % confidence. */
    public static final Preset QUICK = new Preset("quick", 3, 0.10, 0.20, 30);
    /** The default: no size more than 5 % better, at 95 % confidence. */
    public static final Preset STANDARD = new Preset("standard", 3, 0.05, 0.05, 100);
    /** For what runs a million times a day: no size more than 3 % better, at 95 % confidence. */
    public static final Preset RIGOROUS = new Preset("rigorous", 6, 0.03, 0.05, 200);

    /** Every preset, the cheapest first. */
    public static final List<Preset> ALL = List.of(QUICK, STANDARD, RIGOROUS);

    private static final int MIN_STEP = 2;
    /** Steps grow with what is there, so that even the longest argument takes some twenty rounds, not fifty. */
    private static final int STEP_SHARE = 5;

    /** @throws IllegalArgumentException if a number is out of range */
    public Preset {
        if (firstCount < 2 || maxPerSize < firstCount) {
            throw new IllegalArgumentException("firstCount must be at least 2 and maxPerSize at least that, got: "
                    + firstCount + ", " + maxPerSize);
        }
        if (!(tolerance > 0) || !(errorRate > 0 && errorRate < 0.5)) {
            throw new IllegalArgumentException(
                    "tolerance must be above 0 and errorRate between 0 and 0.5, got: " + tolerance + ", " + errorRate);
        }
    }

    /** The preset of this name, or empty if there is none. */
    public static Optional<Preset> of(String name) {
        return ALL.stream().filter(preset -> preset.name.equals(name)).findFirst();
    }

    /** This, with another bound per size. The first visit shrinks with it. */
    public Preset cappedAt(int mostPerSize) {
        int most = Math.max(2, Math.min(maxPerSize, mostPerSize));
        return new Preset(name, Math.min(firstCount, most), tolerance, errorRate, most);
    }

    /** This, with at least so many invocations at the first visit. */
    public Preset startingAt(int count) {
        int first = Math.min(Math.max(firstCount, count), maxPerSize);
        return new Preset(name, first, tolerance, errorRate, maxPerSize);
    }

    /** The goal with this preset's tolerance and confidence. */
    public Goal goal(Goal goal) {
        return new Goal(goal.strategy(), goal.balancedWeight(), tolerance, 1 - errorRate, goal.demands());
    }

    /** How many more to buy where there are so many; 0 where the bound is reached. */
    int step(int count) {
        return Math.max(0, Math.min(Math.max(MIN_STEP, count / STEP_SHARE), maxPerSize - count));
    }

    /**
     * The share of the error rate that a look at so many invocations may spend: what the root of their part of the bound
     * has grown by since the look before. It sums to one over all looks, and leaves the later ones, which know most, enough
     * to settle something.
     */
    double errorShare(int count) {
        int before = 0;
        int reached = firstCount;
        while (reached < Math.min(count, maxPerSize)) {
            before = reached;
            reached += step(reached);
        }
        return Math.sqrt((double) reached / maxPerSize) - Math.sqrt((double) before / maxPerSize);
    }
}
