// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import java.util.Objects;

/**
 * A memory size that cannot work: a result of the run, not a failure of it.
 *
 * @param armId the arm
 * @param memoryMB its size
 * @param reason a word that programs can match
 * @param message the function's or AWS's own words
 */
public record Infeasible(String armId, int memoryMB, Reason reason, String message) {
    /** Why a size cannot work. */
    public enum Reason {
        /** AWS refuses the size, for example by the account's quota. */
        REFUSED,
        /** The function ran out of memory. */
        OUT_OF_MEMORY,
        /** The function timed out. */
        TIMED_OUT,
        /** The function reported an error or did not start. */
        FUNCTION_ERROR,
        /** No log report could be read. */
        NO_REPORTS
    }

    /** Checks that nothing is null. */
    public Infeasible {
        Objects.requireNonNull(armId, "armId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }
}
