// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Renews the lease of a run that somebody watches: the command line, which may be stopped at any time. */
public final class LeaseRenewal {
    /** The run's document that holds the renewed end. */
    static final String DOCUMENT = "lease-end";

    private static final Duration TIME = Duration.ofSeconds(20);

    private final FunctionControl control;
    private final RunStore store;
    private final InstantSource clock;
    private final Sleeper sleeper;

    /** @param store the run's own store */
    public LeaseRenewal(FunctionControl control, RunStore store, InstantSource clock, Sleeper sleeper) {
        this.control = control;
        this.store = store;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Extends the lease; the run's steps go by the new end once this has returned.
     *
     * @param token the run's token
     * @param time how long from now
     * @throws dev.memtune.core.port.LambdaFault.NotFound if the lease is not held any more
     * @throws dev.memtune.core.failure.Conflicted if it has run out
     */
    public void renew(Run run, long token, Duration time) {
        Instant end = clock.instant().plus(time);
        LeaseAlias alias = new LeaseAlias(control, run.function(), Journal.of(store, clock, run, token));
        alias.renew(Lease.of(run), end, Patience.of(clock, sleeper, TIME));
        store.putDocument(run.runId(), DOCUMENT, Json.write(end));
    }
}
