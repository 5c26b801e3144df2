// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The time as it was at the start plus what has passed since: setting the machine's clock moves no window and no log. */
public final class SteadyClock implements InstantSource {
    private final Instant start;
    private final LongSupplier nanos;
    private final long startNanos;

    /**
     * A clock that is set once.
     *
     * @param source is asked for the time once
     * @param nanos never goes back, as {@link System#nanoTime}
     */
    public SteadyClock(InstantSource source, LongSupplier nanos) {
        this.start = source.instant();
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    /** Set by the machine's clock. */
    public static SteadyClock system() {
        return new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
