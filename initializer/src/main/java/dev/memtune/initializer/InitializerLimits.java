// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import java.time.Duration;
import java.util.Objects;

/**
 * How long things may take.
 *
 * @param stepTime the time of the step itself
 * @param leaseTime how long the run may hold the function: the execution's time-out and 15 minutes
 * @param synchronousMax the longest time-out of a function whose answers are waited for; others are measured asynchronously
 */
public record InitializerLimits(Duration stepTime, Duration leaseTime, Duration synchronousMax) {
    /**
     * For the state machine as it is delivered: 4 minutes of its 5, 6 h 15 min, and 10 of the 15 minutes that Execute has,
     * which must begin an invocation and wait for its end within them.
     */
    public static final InitializerLimits DEFAULT =
            new InitializerLimits(Duration.ofMinutes(4), Duration.ofHours(6).plusMinutes(15), Duration.ofMinutes(10));

    /** Limits of a process that can wait for any function. */
    public InitializerLimits(Duration stepTime, Duration leaseTime) {
        this(stepTime, leaseTime, Duration.ofMinutes(15));
    }

    /** Checks that nothing is null. */
    public InitializerLimits {
        Objects.requireNonNull(stepTime, "stepTime");
        Objects.requireNonNull(leaseTime, "leaseTime");
        Objects.requireNonNull(synchronousMax, "synchronousMax");
    }
}
