// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * What a tuning or a check cost itself, from its start to its end.
 *
 * @param target the tuned function's invocations: cold starts, retries and failures included
 * @param tuner our own functions' duration and requests; 0 on a laptop
 * @param transitions of the state machine; 0 on a laptop
 * @param snapStart the published versions' snapshots, three hours at least, and their restores, where they are charged
 * @param total the sum
 * @param estimated whether some rate in it is not known for the region
 * @param tunerCalls of how many calls of our own functions {@code tuner} is the cost
 * @param tunerGbSeconds of how much of their billed memory-time
 * @param transitionCount of how many transitions {@code transitions} is the cost
 * @param throttledCalls how many calls of Lambda's control plane AWS refused for their number, and were made again
 */
public record TuningCost(
        double target,
        double tuner,
        double transitions,
        double snapStart,
        double total,
        boolean estimated,
        long tunerCalls,
        double tunerGbSeconds,
        long transitionCount,
        long throttledCalls) {

    /** What is known at the decision: the bill of the tuned function. Record adds that of our own steps. */
    public static TuningCost ofTarget(double target, double snapStart, double total, boolean estimated) {
        return new TuningCost(target, 0, 0, snapStart, total, estimated, 0, 0, 0, 0);
    }
}
