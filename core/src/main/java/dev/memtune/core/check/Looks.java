// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import java.util.ArrayList;
import java.util.List;

/**
 * When the data are looked at: at a quarter, half and the whole of the budget. Earlier, all may come from one environment. Looking
 * often inflates the error, so each look spends a part of the error rate, the cube of the share of the budget that is there less what was spent before (<a
 * href="https://doi.org/10.1002/sim.4780061702">Kim and DeMets</a>): little at first, and seven eighths at the end, so
 * that the last look is nearly as sharp as the only one would be.
 *
 * @param counts invocations of each version at each look, ascending
 */
record Looks(List<Integer> counts) {
    private static final int[] DIVISORS = {4, 2, 1};
    private static final int MIN_COUNT = 6;

    static Looks of(int mostPerSide) {
        List<Integer> counts = new ArrayList<>();
        for (int divisor : DIVISORS) {
            int count = Math.ceilDiv(mostPerSide, divisor);
            if (count >= MIN_COUNT) {
                counts.add(count);
            }
        }
        return new Looks(counts);
    }

    /** The last look that so many invocations suffice for, from 0; -1 if there was none yet. */
    int reached(int count) {
        int reached = -1;
        while (reached + 1 < counts.size() && counts.get(reached + 1) <= count) {
            reached++;
        }
        return reached;
    }

    /** Whether this is a number of invocations at which the data are looked at. */
    boolean isDue(int count) {
        return counts.contains(count);
    }

    /** How many invocations the next look needs; what there is if that was the last. */
    int next(int count) {
        int reached = reached(count);
        return reached + 1 < counts.size() ? counts.get(reached + 1) : Math.max(count, counts.getLast());
    }

    boolean isLast(int look) {
        return look == counts.size() - 1;
    }

    /** Half the budget is there. */
    boolean isLate(int look) {
        return look >= counts.size() - 2;
    }

    /** What a look may spend of an error rate. */
    double errorRate(int look, double whole) {
        return whole * (cube(look) - (look == 0 ? 0 : cube(look - 1)));
    }

    private double cube(int look) {
        double information = (double) counts.get(look) / counts.getLast();
        return information * information * information;
    }
}
