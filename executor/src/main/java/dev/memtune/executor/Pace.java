// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.port.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When invocations may begin: until the step's time is up, and each some time after the one before it. There is no pause
 * before the first, because it follows a wait of the state machine or nothing at all, and none where invocations overlap.
 */
final class Pace {
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Instant stop;
    private final Duration pause;

    /**
     * Creates a pace.
     *
     * @param stop when to begin no more
     * @param pause between the end of an invocation and the beginning of the next, 0 for none
     */
    Pace(InstantSource clock, Sleeper sleeper, Instant stop, Duration pause) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.stop = stop;
        this.pause = pause;
    }

    /** Whether no further invocation may begin, given how many of this call have ended. */
    boolean isTimeUp(int endedCount) {
        Instant next = endedCount == 0 ? clock.instant() : clock.instant().plus(pause);
        return !next.isBefore(stop);
    }

    /** Waits before the invocation at this place of the call, counted from 0. */
    void await(int place) throws InterruptedException {
        if (place > 0 && pause.isPositive()) {
            sleeper.sleep(pause);
        }
    }

    /** What is left of the pause for the state machine to wait, in seconds, rounded up. */
    int waitSeconds() {
        return (int) pause.plusMillis(999).toSeconds();
    }
}
