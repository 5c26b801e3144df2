// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.List;
import java.util.Objects;

/**
 * What is known of one arm.
 *
 * @param armId the arm
 * @param memoryMB its memory size
 * @param boughtCount the invocations bought so far, whatever became of them
 * @param isFeasible whether the size can work as far as is known
 * @param measurements those that succeeded, in any order; also those that were not bought, but found in logs
 * @param otherBilledMs the billed duration of what was bought and is no measurement; where it is not known, the most it can be
 */
public record ArmObservations(
        String armId,
        int memoryMB,
        int boughtCount,
        boolean isFeasible,
        List<Measurement> measurements,
        double otherBilledMs) {
    /** Copies the list. @throws IllegalArgumentException if there are more bought measurements than invocations */
    public ArmObservations {
        Objects.requireNonNull(armId, "armId");
        measurements = List.copyOf(measurements);
        long bought = measurements.stream().filter(Measurement::isBought).count();
        if (boughtCount < bought || !(otherBilledMs >= 0)) {
            throw new IllegalArgumentException("boughtCount must be at least the number of bought measurements, and"
                    + " otherBilledMs at least 0, got: " + boughtCount + " and " + bought + ", " + otherBilledMs);
        }
    }

    /** An arm of which everything billed is a measurement. */
    public ArmObservations(
            String armId, int memoryMB, int boughtCount, boolean isFeasible, List<Measurement> measurements) {
        this(armId, memoryMB, boughtCount, isFeasible, measurements, 0);
    }

    /** Whether anything is known of its durations, and it can work. */
    public boolean isRankable() {
        return isFeasible && !measurements.isEmpty();
    }

    /** The warm measurements; where every one was cold, those: then cold starts are what this function's users see. */
    public List<Measurement> comparable() {
        if (measurements.stream().noneMatch(Measurement::isCold)) {
            return measurements;
        }
        List<Measurement> warm =
                measurements.stream().filter(one -> !one.isCold()).toList();
        return warm.isEmpty() ? measurements : warm;
    }
}
