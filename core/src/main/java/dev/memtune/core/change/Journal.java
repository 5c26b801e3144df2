// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Json;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where a step writes down what it is about to change. Refuses once the step may not change anything any more: when Clean
 * has begun (the token), or when the lease has run out (the clock).
 */
public final class Journal {
    private final RunStore store;
    private final InstantSource clock;
    private final String runId;
    private final long token;
    private final Instant leaseEnd;

    /**
     * @param token the token under which the step writes
     * @param leaseEnd when others may take the function
     */
    public Journal(RunStore store, InstantSource clock, String runId, long token, Instant leaseEnd) {
        this.store = store;
        this.clock = clock;
        this.runId = runId;
        this.token = token;
        this.leaseEnd = leaseEnd;
    }

    /** The journal of a running step: until the end of the lease, renewals included. */
    public static Journal of(RunStore store, InstantSource clock, Run run, long token) {
        Instant leaseEnd = store.document(run.runId(), LeaseRenewal.DOCUMENT)
                .map(text -> Json.read(text, Instant.class))
                .orElse(run.expiresAt());
        return new Journal(store, clock, run.runId(), token, leaseEnd);
    }

    /**
     * Writes an entry.
     *
     * @throws dev.memtune.core.run.StaleToken if Clean has begun
     * @throws Conflicted if the lease has run out
     */
    public void append(LedgerEntry entry) {
        if (isLeaseOver()) {
            throw new Conflicted("run " + runId + " held the function until " + leaseEnd
                    + " and may not change it any more; start again, with a longer time-out if the run needs one");
        }
        store.append(runId, token, entry);
    }

    /** The time by which the lease is judged. */
    InstantSource clock() {
        return clock;
    }

    /** Whether others may have taken the function. */
    public boolean isLeaseOver() {
        return !clock.instant().isBefore(leaseEnd);
    }

    /** The ledger as it is now. */
    public Ledger ledger() {
        return new Ledger(store.ledger(runId));
    }
}
