// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import java.time.Duration;
import java.util.Objects;

/**
 * How long things may take.
 *
 * @param stepTime the time of the step itself
 * @param leaseTime how long the run may hold the function: the execution's time-out and 15 minutes
 */
public record InitializerLimits(Duration stepTime, Duration leaseTime) {
    /** For the state machine as it is delivered: 4 minutes of its 5, and 6 h 15 min. */
    public static final InitializerLimits DEFAULT =
            new InitializerLimits(Duration.ofMinutes(4), Duration.ofHours(6).plusMinutes(15));

    /** Checks that nothing is null. */
    public InitializerLimits {
        Objects.requireNonNull(stepTime, "stepTime");
        Objects.requireNonNull(leaseTime, "leaseTime");
    }
}
