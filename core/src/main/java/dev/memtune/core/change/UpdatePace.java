// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * When to look whether an update has completed. Calls are the account's, 15 a second for everything
 * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quotas</a>), so each look is to find
 * something: the first update is looked at after 300 ms and every 600 ms from then on, a later one shortly before the time
 * that the one before it took.
 */
final class UpdatePace {
    private static final Duration FIRST = Duration.ofMillis(300);
    private static final Duration NEXT = Duration.ofMillis(600);
    private static final Duration NEXT_WHEN_KNOWN = Duration.ofMillis(100);
    private static final Duration FIRST_MAX = Duration.ofSeconds(5);
    private static final int CLOSE_LOOKS = 3;

    private final InstantSource clock;
    private Instant begunAt;
    private @Nullable Duration lastTook;

    UpdatePace(InstantSource clock) {
        this.clock = clock;
        this.begunAt = clock.instant();
    }

    /** An update is about to be sent. */
    void begin() {
        begunAt = clock.instant();
    }

    /** The update was seen to be complete. */
    void end() {
        lastTook = Duration.between(begunAt, clock.instant());
    }

    /**
     * How long to wait before a look.
     *
     * @param look the number of the look, from 0
     */
    Duration before(int look) {
        Duration took = lastTook;
        if (took == null) {
            return look == 0 ? FIRST : NEXT;
        }
        if (look == 0) {
            Duration expected = took.multipliedBy(9).dividedBy(10);
            return expected.compareTo(FIRST_MAX) < 0 ? expected : FIRST_MAX;
        }
        return look <= CLOSE_LOOKS ? NEXT_WHEN_KNOWN : NEXT;
    }
}
