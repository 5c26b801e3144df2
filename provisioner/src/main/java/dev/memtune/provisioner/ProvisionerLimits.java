// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How long things may take.
 *
 * @param changeTime for a change of a stack
 * @param turnTime until a tuning gives the function free
 * @param pauseMin between two looks, at first
 * @param pauseMax between two looks, at most
 */
public record ProvisionerLimits(Duration changeTime, Duration turnTime, Duration pauseMin, Duration pauseMax) {
    /**
     * For AWS: a stack of a few resources takes a minute or two; a tuning takes six hours at most, and others may come first.
     */
    public static final ProvisionerLimits DEFAULT = new ProvisionerLimits(
            Duration.ofHours(1), Duration.ofHours(24), Duration.ofSeconds(5), Duration.ofMinutes(1));

    /** The deployment's lease outlasts its last look by this much. */
    private static final Duration LEASE_MARGIN = Duration.ofMinutes(15);

    /** What has been waited for for an hour need not be looked at every second. */
    private static final int PAUSE_SHARE = 4;

    /** Checks that nothing is null and that pauses are positive. */
    public ProvisionerLimits {
        Objects.requireNonNull(changeTime, "changeTime");
        Objects.requireNonNull(turnTime, "turnTime");
        if (!pauseMin.isPositive() || pauseMax.compareTo(pauseMin) < 0) {
            throw new IllegalArgumentException(
                    "pauses must be positive and pauseMax at least pauseMin, got: " + pauseMin + " and " + pauseMax);
        }
    }

    /** How long a deployment holds the function. */
    Duration leaseTime() {
        return changeTime.plus(LEASE_MARGIN);
    }

    /** The pause before the next look at what has been waited for since then. */
    Duration pause(Instant since, Instant now) {
        Duration share = Duration.between(since, now).dividedBy(PAUSE_SHARE);
        if (share.compareTo(pauseMin) < 0) {
            return pauseMin;
        }
        return share.compareTo(pauseMax) < 0 ? share : pauseMax;
    }
}
