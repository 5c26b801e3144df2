// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import java.time.Duration;
import java.util.Objects;

/**
 * How long things may take.
 *
 * @param stepTime the time for one run's clean-up
 * @param leaseTime how long a clean-up holds the function when the run does not any more; more than {@code stepTime}
 * @param settlingTime how long a call whose answer never came may still take effect
 */
public record CleanerLimits(Duration stepTime, Duration leaseTime, Duration settlingTime) {
    /** For the state machine as it is delivered: 13 minutes of its 15; a minute for calls in flight. */
    public static final CleanerLimits DEFAULT =
            new CleanerLimits(Duration.ofMinutes(13), Duration.ofMinutes(30), Duration.ofMinutes(1));

    /** Checks that nothing is null. */
    public CleanerLimits {
        Objects.requireNonNull(stepTime, "stepTime");
        Objects.requireNonNull(leaseTime, "leaseTime");
        Objects.requireNonNull(settlingTime, "settlingTime");
    }
}
