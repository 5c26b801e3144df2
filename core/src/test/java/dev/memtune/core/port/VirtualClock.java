// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when somebody sleeps. Safe for use by many threads. */
public final class VirtualClock implements InstantSource, Sleeper {
    /** When every test begins. */
    public static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private Instant now = START;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        now = now.plus(duration);
    }
}
