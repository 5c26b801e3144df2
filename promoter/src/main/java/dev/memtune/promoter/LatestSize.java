// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.LatestMemory;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Run;

/**
 * Gives {@code $LATEST} a memory size for good, for functions that are called without an alias. Until the ledger says that
 * it was applied, the size counts as a trial, which Clean takes back.
 */
final class LatestSize {
    private static final String ARM = "applied";

    private final Run run;
    private final Journal journal;
    private final LatestMemory latest;

    LatestSize(FunctionControl control, Run run, Journal journal) {
        this.run = run;
        this.journal = journal;
        this.latest = new LatestMemory(control, run, journal);
    }

    boolean isApplied() {
        return journal.ledger().has(Kind.APPLIED);
    }

    /**
     * Writes the size.
     *
     * @throws Conflicted if somebody else changed the function since the run began
     */
    void apply(int memoryMB, Patience patience) {
        FunctionConfiguration now = latest.settled(patience);
        boolean ours = now.memoryMB() == run.before().memoryMB()
                || journal.ledger().trialSizes().contains(now.memoryMB());
        if (!ours || LatestMemory.difference(run.before(), now) != null) {
            throw new Conflicted("somebody else changed " + run.function()
                    + " since the run began; their change stands, and nothing is written. Tune again");
        }
        try {
            now = latest.tryOut(ARM, latest.own(memoryMB), now, patience);
        } catch (LambdaFault.Refused e) {
            throw new Conflicted(
                    "AWS refuses " + memoryMB + " MB for $LATEST of " + run.function() + ": " + e.getMessage());
        }
        journal.append(LedgerEntry.memory(Kind.APPLIED, ARM, now.memoryMB(), now.revisionId()));
    }
}
