// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

/** How a run or a command ended, and the exit code that says so. */
public enum Outcome {
    /** The alias was moved to the best version. */
    PROMOTED(0),
    /** There is a result, and nothing was to be changed. */
    KEPT(0),
    /** A defect of ours. */
    UNEXPECTED(1),
    /** Wrong usage or bad input; nothing was touched. */
    BAD_INPUT(2),
    /** The function does not pass at any size, or a gate failed. */
    REJECTED(3),
    /** The question could not be settled within the budget. */
    UNDECIDED(4),
    /** Another run holds the function. */
    BUSY(5),
    /** It failed; the function is as it was before. */
    FAILED(6),
    /** It failed, and {@code memtune clean} is needed. */
    DIRTY(7),
    /** It was interrupted; the function is as it was before. */
    INTERRUPTED(130);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The process exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** Whether an execution with this outcome ends SUCCEEDED. */
    public boolean isSuccess() {
        return exitCode == 0;
    }
}
