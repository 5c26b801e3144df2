// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

/** A policy of searching: what to measure next, or what is best. */
@FunctionalInterface
public interface Planner {
    /**
     * Decides what comes next. Equal arguments give equal answers; the order of the observations does not matter. Without
     * rounds left the answer is a {@link Move.Decide}.
     *
     * @param observations everything that was measured so far
     * @param seed of every random choice
     */
    Move next(Observations observations, long seed);
}
