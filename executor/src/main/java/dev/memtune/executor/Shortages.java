// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import dev.memtune.core.search.HistoryRoom;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Shortage;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How often arms of a run handed back because there was no capacity. Each time takes room in the execution's history, however
 * little time it takes, so that there is an end to it. Every arm counts for itself, because arms are measured at once.
 */
final class Shortages {
    private final RunStore store;
    private final String runId;
    private final Set<String> armIds;
    private final int most;

    private Shortages(RunStore store, Run run) {
        this.store = store;
        this.runId = run.runId();
        this.most = HistoryRoom.shortagesMax(run);
        this.armIds = store.ledger(runId).stream()
                .map(LedgerEntry::armId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    static Shortages of(RunStore store, String runId) {
        Run run = store.find(runId)
                .orElseThrow(() -> new IllegalStateException("run " + runId + " is not in the run store"));
        return new Shortages(store, run);
    }

    /**
     * Notes one more.
     *
     * @return which share of those that a run may have there were by now, over all of its arms
     * @throws LambdaFault the one that is noted, if there were too many
     */
    double note(String armId, LambdaFault fault) {
        Shortage more = new Shortage(times(armId) + 1, Excerpt.of(String.valueOf(fault.getMessage())));
        store.putDocument(runId, Shortage.document(armId), Json.write(more));
        int all = more.times();
        for (String other : armIds) {
            all += other.equals(armId) ? 0 : times(other);
        }
        if (all > most) {
            throw fault;
        }
        return (double) all / most;
    }

    private int times(String armId) {
        return store.document(runId, Shortage.document(armId))
                .map(json -> Json.read(json, Shortage.class).times())
                .orElse(0);
    }
}
