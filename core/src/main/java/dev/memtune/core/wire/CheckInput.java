// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.run.Arm;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of an input that asks for a check instead of a tuning. At least one gate is there.
 *
 * @param candidate {@code $LATEST}, a version or an alias of the function
 * @param baseline a version or an alias of the function
 * @param maxCostIncrease the share by which an invocation may cost more than the baseline's; null for no such gate
 * @param maxDurationIncrease the share by which the handler's mean duration may be longer; null for no such gate
 * @param p95Ms the duration that 95 % of the candidate's invocations must keep within; null for no such gate
 * @param maxCostPerMillion what a million of the candidate's invocations may cost; null for no such gate
 * @param confidence that a candidate which passes keeps to the gates, such as 0.95
 * @param undecided what an undecided check amounts to
 * @param arms the candidate and the baseline as they were found when the run began; empty before
 */
public record CheckInput(
        String candidate,
        String baseline,
        @Nullable Double maxCostIncrease,
        @Nullable Double maxDurationIncrease,
        @Nullable Double p95Ms,
        @Nullable Double maxCostPerMillion,
        double confidence,
        Undecided undecided,
        List<Arm> arms) {
    /** The gate on cost if an input has none at all. */
    public static final double USUAL_COST_INCREASE = 0.05;
    /** The gate on duration if an input has none at all. */
    public static final double USUAL_DURATION_INCREASE = 0.10;
    /** The confidence if an input has none. */
    public static final double USUAL_CONFIDENCE = 0.95;

    /** What an undecided check amounts to. */
    public enum Undecided {
        /** A failure. */
        FAIL,
        /** A success, and nothing is promoted. */
        PASS,
        /** A success that says so loudly, and nothing is promoted. */
        WARN
    }

    /** Checks, and copies the list. */
    public CheckInput {
        Objects.requireNonNull(candidate, "candidate");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(undecided, "undecided");
        arms = List.copyOf(arms);
    }

    /** The same with the two arms, the candidate first. */
    public CheckInput found(Arm candidateArm, Arm baselineArm) {
        return new CheckInput(
                candidate,
                baseline,
                maxCostIncrease,
                maxDurationIncrease,
                p95Ms,
                maxCostPerMillion,
                confidence,
                undecided,
                List.of(candidateArm, baselineArm));
    }
}
