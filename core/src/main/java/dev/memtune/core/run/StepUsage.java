// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

/**
 * What the calls of a step of ours used, as far as they are over; a document of the run for each step, and of Execute, whose
 * calls run side by side, for each arm.
 *
 * @param calls how many; a call that the state machine repeats is another one, and billed as such
 * @param failures how many of them failed
 * @param waits how many of them asked for a wait and another call
 * @param mbMs their billed time times the step's memory size, in MB × ms: the initialization of a cold start included where
 *     it is known, each call rounded up to a whole millisecond as AWS bills it; 0 where the step is no function
 * @param throttles how many calls of the control plane were refused for their number and made again
 */
public record StepUsage(long calls, long failures, long waits, long mbMs, long throttles) {
    /** No call yet. */
    public static final StepUsage NONE = new StepUsage(0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException if something is negative, or more calls failed or asked for a wait than there were */
    public StepUsage {
        if (calls < 0 || failures < 0 || waits < 0 || mbMs < 0 || throttles < 0 || failures + waits > calls) {
            throw new IllegalArgumentException(
                    "calls, failures, waits, mbMs and throttles must not be negative, and failures and waits not more than"
                            + " calls, got: " + calls + ", " + failures + ", " + waits + ", " + mbMs + ", "
                            + throttles);
        }
    }

    /** The name of a step's document. */
    public static String document(Step step) {
        return "usage-" + step.state();
    }

    /** The name of Execute's document for an arm. */
    public static String document(String armId) {
        return document(Step.EXECUTE) + "-" + armId;
    }

    /** The sum. */
    public StepUsage plus(StepUsage other) {
        return new StepUsage(
                calls + other.calls,
                failures + other.failures,
                waits + other.waits,
                mbMs + other.mbMs,
                throttles + other.throttles);
    }

    /** How many calls did what they were to do. */
    public long successes() {
        return calls - failures;
    }
}
