// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import java.util.Objects;

/**
 * How far an arm has come. The counts are those of the allocation, over all calls.
 *
 * @param armId the arm
 * @param done whether nothing is left to do for this allocation
 * @param waitSeconds how long to wait before the next call, at least 1
 * @param firstIndex the first position that is still to be bought; the end of the allocation if none is
 * @param remaining how many positions are still to be bought
 * @param measured samples that count
 * @param failed invocations in which the function failed
 * @param unparsed successes without a report
 * @param discarded invocations that ran another version or memory size
 * @param unanswered invocations that nobody knows the end of
 * @param fromLogs samples of any end whose report was asked of the logs
 * @param idleCalls how many calls in a row ended without a sample, for want of capacity
 * @param infeasible whether the size was found not to work
 * @param cancelled whether the run was asked to stop
 */
public record ExecutorOutput(
        String armId,
        boolean done,
        int waitSeconds,
        int firstIndex,
        int remaining,
        int measured,
        int failed,
        int unparsed,
        int discarded,
        int unanswered,
        int fromLogs,
        int idleCalls,
        boolean infeasible,
        boolean cancelled) {
    /** Checks that what must be there is there. */
    public ExecutorOutput {
        Objects.requireNonNull(armId, "armId");
    }
}
