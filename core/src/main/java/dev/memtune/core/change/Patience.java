// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Bounded waiting: growing pauses up to a deadline.
 *
 * @param clock the time
 * @param sleeper how to wait
 * @param deadline no pause begins after it
 */
public record Patience(InstantSource clock, Sleeper sleeper, Instant deadline) {
    /** The most attempts of one change, whatever the time. */
    public static final int ATTEMPTS_MAX = 40;

    private static final long PAUSE_MIN_MS = 100;
    private static final long PAUSE_MAX_MS = 300;
    private static final long BACKOFF_MAX_MS = 5_000;
    private static final int DOUBLINGS_MAX = 6;

    /** Patience from now on. */
    public static Patience of(InstantSource clock, Sleeper sleeper, Duration time) {
        return new Patience(clock, sleeper, clock.instant().plus(time));
    }

    /** The same with an earlier end, by this much. */
    public Patience shortenedBy(Duration time) {
        return new Patience(clock, sleeper, deadline.minus(time));
    }

    /** Whether the deadline has passed. */
    public boolean isOver() {
        return !clock.instant().isBefore(deadline);
    }

    /**
     * Waits before the next look at something that takes a moment: 100 ms, growing to 300 ms.
     *
     * @param attempt from 0
     * @throws OutOfTime if the deadline has passed
     */
    public void pause(String reason, int attempt) {
        long milliseconds = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS + attempt * 50L);
        sleep(reason, Duration.ofMillis(milliseconds));
    }

    /**
     * Waits once.
     *
     * @throws OutOfTime if the deadline has passed
     */
    public void pause(String reason, Duration time) {
        sleep(reason, time);
    }

    /** Makes a call, again as long as AWS says that it was not done for too many requests. @throws OutOfTime */
    public <T> T admitted(String what, Supplier<T> call) {
        for (int attempt = 0; ; attempt++) {
            try {
                return call.get();
            } catch (LambdaFault.Throttled e) {
                if (attempt >= ATTEMPTS_MAX) {
                    throw e;
                }
                backOff(what, attempt, e);
            }
        }
    }

    /** Reads something, again also if the answer was lost. @throws OutOfTime */
    public <T> T read(String what, Supplier<T> call) {
        for (int attempt = 0; ; attempt++) {
            try {
                return admitted(what, call);
            } catch (LambdaFault.OutcomeUnknown e) {
                if (attempt >= ATTEMPTS_MAX) {
                    throw e;
                }
                pause(what, attempt);
            }
        }
    }

    private void backOff(String what, int attempt, LambdaFault.Throttled fault) {
        Duration asked = fault.retryAfter().orElse(Duration.ZERO);
        long own = Math.min(BACKOFF_MAX_MS, PAUSE_MIN_MS << Math.min(attempt, DOUBLINGS_MAX));
        sleep(what + " (throttled)", asked.toMillis() > own ? asked : Duration.ofMillis(own));
    }

    private void sleep(String reason, Duration pause) {
        if (!clock.instant().plus(pause).isBefore(deadline)) {
            throw new OutOfTime("ran out of time waiting for: " + reason);
        }
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutOfTime("was interrupted waiting for: " + reason);
        }
    }
}
