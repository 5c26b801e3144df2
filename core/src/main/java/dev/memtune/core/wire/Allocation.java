// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.run.Arm;
import java.util.Objects;

/**
 * Invocations of one arm that are to be bought in this round.
 *
 * @param arm the arm
 * @param firstIndex the position of the first one in the arm's sequence of payloads, from 0
 * @param invocationCount how many, at least 1
 * @param parallelism how many of them at once, at least 1
 */
public record Allocation(Arm arm, int firstIndex, int invocationCount, int parallelism) {
    /** @throws IllegalArgumentException if a number is out of range */
    public Allocation {
        Objects.requireNonNull(arm, "arm");
        if (firstIndex < 0 || invocationCount < 1 || parallelism < 1) {
            throw new IllegalArgumentException(
                    "firstIndex must be at least 0, invocationCount and parallelism at least 1," + " got: " + firstIndex
                            + ", " + invocationCount + ", " + parallelism);
        }
    }

    /** The same with at least so many invocations. */
    public Allocation ofAtLeast(int count) {
        return new Allocation(arm, firstIndex, Math.max(invocationCount, count), parallelism);
    }

    /** The same for another state of the arm. */
    public Allocation withArm(Arm newArm) {
        return new Allocation(newArm, firstIndex, invocationCount, parallelism);
    }
}
