// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes the memory size of {@code $LATEST}, and only that, for one run.
 *
 * <p>A change rests on the revision of the same read in which every other field was as expected. An answer that says nothing
 * about the effect is followed by a read and a comparison, never by another blind attempt.
 */
public final class LatestMemory {
    private static final String LATEST = FunctionConfiguration.LATEST;

    private final FunctionControl control;
    private final String function;
    private final Journal journal;
    private final UpdatePace pace;
    private boolean revisionMoved;

    /** @param function name or unqualified ARN */
    public LatestMemory(FunctionControl control, String function, Journal journal) {
        this.control = control;
        this.function = function;
        this.journal = journal;
        this.pace = new UpdatePace(journal.clock());
    }

    /** Reads {@code $LATEST} until no update is under way. @throws OutOfTime if that takes too long */
    public FunctionConfiguration settled(Patience patience) {
        for (int attempt = 0; ; attempt++) {
            FunctionConfiguration now = read(patience);
            if (now.isSettled()) {
                return now;
            }
            patience.pause("the update of " + function + " to complete", attempt);
        }
    }

    /** Whether a revision was found to have moved although no field had: somebody published, for one. */
    public boolean hasRevisionMoved() {
        return revisionMoved;
    }

    /**
     * Gives {@code $LATEST} a trial size.
     *
     * @param from the read on which the change rests
     * @return the settled configuration afterwards
     * @throws LambdaFault.Refused if this size is not allowed
     * @throws Conflicted if somebody else changed the function meanwhile
     */
    public FunctionConfiguration tryOut(String armId, int memoryMB, FunctionConfiguration from, Patience patience) {
        FunctionConfiguration base = from;
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            journal.append(LedgerEntry.memory(Kind.MEMORY_INTENT, armId, memoryMB, base.revisionId()));
            Optional<FunctionConfiguration> answer = send(memoryMB, base, patience);
            FunctionConfiguration now = settledAfter(answer, patience);
            requireOnlyMemoryChanged(base, now);
            if (now.memoryMB() == memoryMB) {
                journal.append(LedgerEntry.memory(Kind.MEMORY_SET, armId, memoryMB, now.revisionId()));
                return now;
            }
            if (now.memoryMB() != base.memoryMB()) {
                throw foreign("set its memory size to " + now.memoryMB() + " MB");
            }
            refuseFailedUpdate(answer.isPresent(), memoryMB, now);
            base = now;
            patience.pause("changing the memory size of " + function, attempt);
        }
        throw foreign("kept changing it, so that it could not be set to " + memoryMB + " MB");
    }

    /**
     * Undoes whatever this run's ledger says may still be in effect, a change included whose answer never came: its revision
     * is used up, so that it cannot take effect later.
     *
     * @param ownMB the size that {@code $LATEST} had before the run
     */
    public FunctionConfiguration undo(int ownMB, Patience patience) {
        Ledger ledger = journal.ledger();
        FunctionConfiguration now = settled(patience);
        Optional<String> revision = Optional.ofNullable(now.revisionId());
        boolean inFlight = revision.isPresent()
                && (revision.equals(ledger.openMemoryRevision()) || revision.equals(ledger.openPublishRevision()));
        boolean own = now.memoryMB() == ownMB;
        if (own ? inFlight : ledger.trialSizes().contains(now.memoryMB())) {
            return restore(ownMB, now, patience);
        }
        journal.append(LedgerEntry.memory(Kind.RESTORED, null, now.memoryMB(), now.revisionId()));
        return now;
    }

    /**
     * Gives {@code $LATEST} its own size back, unless somebody else has given it another: theirs stands, and so does every
     * other field, because nothing but the memory size is ever written.
     *
     * @param ownMB the size that it had
     * @param from the latest read; its memory size is one that this run set, or {@code ownMB}
     */
    private FunctionConfiguration restore(int ownMB, FunctionConfiguration from, Patience patience) {
        FunctionConfiguration base = from;
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            journal.append(LedgerEntry.memory(Kind.RESTORE_INTENT, null, ownMB, base.revisionId()));
            Optional<FunctionConfiguration> answer = send(ownMB, base, patience);
            FunctionConfiguration now = settledAfter(answer, patience);
            boolean ours = now.memoryMB() == base.memoryMB() && now.memoryMB() != ownMB;
            boolean fenced = answer.isPresent() || !Objects.equals(now.revisionId(), base.revisionId());
            if (!ours && fenced) {
                journal.append(LedgerEntry.memory(Kind.RESTORED, null, now.memoryMB(), now.revisionId()));
                return now;
            }
            base = now;
            patience.pause("restoring the memory size of " + function, attempt);
        }
        throw new OutOfTime(
                "could not restore the memory size of " + function + " in " + Patience.ATTEMPTS_MAX + " attempts");
    }

    /** The configuration after the update that was answered so: the answer itself where updates take no time. */
    private FunctionConfiguration settledAfter(Optional<FunctionConfiguration> answer, Patience patience) {
        if (answer.isEmpty() || answer.get().isSettled()) {
            return answer.isEmpty() ? settled(patience) : answer.get();
        }
        for (int look = 0; ; look++) {
            patience.pause("the update of " + function + " to complete", pace.before(look));
            FunctionConfiguration now = read(patience);
            if (now.isSettled()) {
                pace.end();
                return now;
            }
        }
    }

    private FunctionConfiguration read(Patience patience) {
        return patience.read("reading " + function, () -> control.configuration(function, LATEST));
    }

    /** The answer; empty if there was none, or none that says that it was done. */
    private Optional<FunctionConfiguration> send(int memoryMB, FunctionConfiguration base, Patience patience) {
        try {
            return Optional.of(patience.admitted("changing " + function, () -> {
                pace.begin();
                return control.updateMemory(function, memoryMB, base.revisionId());
            }));
        } catch (LambdaFault.PreconditionFailed e) {
            revisionMoved = true;
            return Optional.empty();
        } catch (LambdaFault.Conflict | LambdaFault.OutcomeUnknown e) {
            return Optional.empty();
        }
    }

    private void requireOnlyMemoryChanged(FunctionConfiguration base, FunctionConfiguration now) {
        String what = difference(base, now);
        if (what != null) {
            throw foreign("changed its " + what);
        }
    }

    /** What differs apart from the memory size, in words; null if nothing does. */
    public static @Nullable String difference(FunctionConfiguration base, FunctionConfiguration now) {
        if (!Objects.equals(base.codeSha256(), now.codeSha256())) {
            return "code";
        }
        if (!base.settingsDigest().equals(now.settingsDigest())) {
            return "settings";
        }
        return base.description().equals(now.description()) ? null : "description";
    }

    private static void refuseFailedUpdate(boolean accepted, int memoryMB, FunctionConfiguration now) {
        if (accepted && now.lastUpdateStatus().equals("Failed")) {
            throw new LambdaFault.Refused(
                    "the update to " + memoryMB + " MB failed: " + now.lastUpdateReason(), "UpdateFailed", null);
        }
    }

    private Conflicted foreign(String what) {
        return new Conflicted("somebody else " + what + " while " + function
                + " was being tuned; their change stands. Tune again when nobody deploys it");
    }
}
