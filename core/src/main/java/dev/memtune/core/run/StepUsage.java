// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

/**
 * What the calls of a step of ours for one arm used, as far as they are over; a document of the run.
 *
 * @param calls how many
 * @param elapsedMs how long they took together, in milliseconds; what they were billed lies little above it
 * @param memoryMB the memory size that the step runs at; 0 where it is no function, and nothing is billed
 */
public record StepUsage(long calls, long elapsedMs, int memoryMB) {
    /** No call yet. */
    public static final StepUsage NONE = new StepUsage(0, 0, 0);

    /** @throws IllegalArgumentException if something is negative */
    public StepUsage {
        if (calls < 0 || elapsedMs < 0 || memoryMB < 0) {
            throw new IllegalArgumentException("calls, elapsedMs and memoryMB must not be negative, got: " + calls
                    + ", " + elapsedMs + ", " + memoryMB);
        }
    }

    /** The name of the document for an arm. */
    public static String document(String armId) {
        return "usage-" + armId;
    }

    /** The same with one call more. */
    public StepUsage plus(long callMs, int stepMemoryMB) {
        return new StepUsage(calls + 1, elapsedMs + callMs, stepMemoryMB);
    }
}
