// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.List;

/**
 * What one round publishes and measures.
 *
 * @param round from 1 to 50
 * @param allocations what to buy; after Publish only of arms that can be measured
 * @param maxConcurrency how many arms are measured at once, at least 1
 * @param pending whether Publish has to be called again before measuring
 * @param waitSeconds how long to wait before that, at least 1
 */
public record Plan(int round, List<Allocation> allocations, int maxConcurrency, boolean pending, int waitSeconds) {
    /** The most rounds of one run. */
    public static final int MAX_ROUNDS = 50;

    /** Copies the list. */
    public Plan {
        allocations = List.copyOf(allocations);
        if (round < 1 || round > MAX_ROUNDS) {
            throw new IllegalArgumentException("round must be between 1 and " + MAX_ROUNDS + ", got: " + round);
        }
    }
}
