// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.Objects;

/**
 * Invocations of one arm to be bought.
 *
 * @param armId the arm, possibly one that was not measured or published before
 * @param memoryMB its memory size
 * @param invocationCount how many, at least 1
 */
public record Purchase(String armId, int memoryMB, int invocationCount) {
    /** @throws IllegalArgumentException if the count is below 1 */
    public Purchase {
        Objects.requireNonNull(armId, "armId");
        if (invocationCount < 1) {
            throw new IllegalArgumentException("invocationCount must be at least 1, got: " + invocationCount);
        }
    }
}
