// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import dev.memtune.cleaner.Cleaner.Cleanup;
import dev.memtune.core.change.Journal;
import dev.memtune.core.change.LatestMemory;
import dev.memtune.core.change.LeaseAlias;
import dev.memtune.core.change.MoveNote;
import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.TuningFailure;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cleans up after one run: hold the lease, restore {@code $LATEST}, delete our aliases and then our versions, release the
 * lease. An error does not stop what comes after it; it keeps the lease from being released.
 */
final class RunCleanup {
    /** The run's document that says since when calls in flight are waited for. */
    static final String DOUBT = "in-doubt-since";

    private final FunctionControl control;
    private final RunStore store;
    private final Run run;
    private final Journal journal;
    private final Patience patience;
    private final CleanerLimits limits;
    private final LeaseAlias lease;
    private final List<String> dirty = new ArrayList<>();

    RunCleanup(
            FunctionControl control,
            RunStore store,
            Run run,
            Journal journal,
            Patience patience,
            CleanerLimits limits) {
        this.control = control;
        this.store = store;
        this.run = run;
        this.journal = journal;
        this.patience = patience;
        this.limits = limits;
        this.lease = new LeaseAlias(control, run.function(), journal);
    }

    static Cleanup alreadyDone(Run run, Ledger ledger) {
        return new Cleanup(run.function(), promotion(run, ledger), List.of());
    }

    Cleanup run() {
        attempt("looking after " + run.function(), this::cleanUp);
        return new Cleanup(run.function(), promotion(run, journal.ledger()), dirty);
    }

    private void cleanUp() {
        List<AliasConfiguration> aliases;
        try {
            aliases = patience.read("listing aliases of " + run.function(), () -> control.aliases(run.function()));
        } catch (LambdaFault.NotFound e) {
            finish(false);
            return;
        }
        Ledger ledger = journal.ledger();
        boolean held = hold(aliases, ledger);
        if (held) {
            undo(aliases, ledger);
        }
        boolean done = held || !ledger.hasChanges();
        if (dirty.isEmpty() && done) {
            finish(held);
        }
    }

    /** Makes sure that the lease is ours for as long as this takes; false if there is nothing to hold it for. */
    private boolean hold(List<AliasConfiguration> aliases, Ledger ledger) {
        AliasConfiguration present = aliases.stream()
                .filter(alias -> alias.name().equals(Lease.ALIAS))
                .findFirst()
                .orElse(null);
        boolean ours = present != null && LeaseAlias.isOurs(present, run.runId());
        if (present != null && ours && lasts(present)) {
            return true;
        }
        boolean wanted = ours || ledger.hasChanges();
        return wanted && attempt("taking the lease of " + run.function(), this::takeLease);
    }

    private boolean lasts(AliasConfiguration present) {
        return Lease.parse(present.description())
                .filter(held -> held.expiresAt().isAfter(patience.deadline().plus(limits.settlingTime())))
                .isPresent();
    }

    private void takeLease() {
        int presentMB =
                new LatestMemory(control, run, journal).settled(patience).memoryMB();
        lease.take(Lease.of(run).until(leaseEnd()), presentMB, patience);
    }

    private Instant leaseEnd() {
        return patience.clock().instant().plus(limits.leaseTime());
    }

    private void undo(List<AliasConfiguration> aliases, Ledger ledger) {
        boolean changed =
                !ledger.trialSizes().isEmpty() || !ledger.openMarkers().isEmpty();
        if (changed) {
            attempt("restoring $LATEST of " + run.function(), this::restore);
        }
        OwnVersions versions = new OwnVersions(control, run, journal, patience);
        attempt("looking at the promoted alias", () -> versions.confirmPromotion(aliases));
        attempt("noting where to go back to", this::noteMove);
        for (AliasConfiguration alias : aliases) {
            if (versions.isOurs(alias)) {
                attempt("deleting the alias " + alias.name(), () -> versions.deleteAlias(alias.name()));
            }
        }
        attempt("looking for versions of this run", versions::findUnconfirmed);
        for (String version : journal.ledger().ownVersions().keySet()) {
            attempt("deleting version " + version, () -> versions.delete(version));
        }
    }

    private void restore() {
        new LatestMemory(control, run, journal).undo(patience);
    }

    /** The way back of a move whose step did not come as far as writing it down. */
    private void noteMove() {
        MoveNote note = new MoveNote(store, run, journal);
        if (note.isMissing()) {
            AliasConfiguration was = run.promoteAlias();
            note.keep(was == null ? null : read(was.version()));
        }
    }

    private FunctionConfiguration read(String version) {
        return patience.read("reading version " + version, () -> control.configuration(run.function(), version));
    }

    private void finish(boolean held) {
        boolean doubtful = isDoubtful(journal.ledger());
        if (held && !attempt("releasing the lease", () -> lease.release(run.runId(), patience))) {
            return;
        }
        if (doubtful) {
            store.putDocument(run.runId(), DOUBT, Json.write(patience.clock().instant()));
        } else {
            journal.append(LedgerEntry.of(Kind.CLEANED));
        }
    }

    /** Whether a call whose answer never came may still leave something behind; then a later sweep looks once more. */
    private boolean isDoubtful(Ledger ledger) {
        Optional<Instant> since = store.document(run.runId(), DOUBT).map(text -> Json.read(text, Instant.class));
        boolean settled = since.isPresent()
                && !since.get()
                        .plus(limits.settlingTime())
                        .isAfter(patience.clock().instant());
        return !settled && ledger.hasCallsInFlight();
    }

    /** Does something; what goes wrong is noted with what to do about it. */
    private boolean attempt(String what, Runnable action) {
        try {
            action.run();
            return true;
        } catch (LambdaFault | OutOfTime | TuningFailure e) {
            dirty.add(what + " failed: " + e.getMessage() + ". Run `memtune clean " + run.function() + "`");
            return false;
        }
    }

    private static @Nullable Promotion promotion(Run run, Ledger ledger) {
        LedgerEntry promoted = ledger.last(Kind.PROMOTED).orElse(null);
        if (promoted == null) {
            return ledger.last(Kind.APPLIED)
                    .map(applied -> applied(run, applied))
                    .orElse(null);
        }
        String from = run.promoteAlias() == null ? null : run.promoteAlias().version();
        return new Promotion(
                Promotion.Status.PROMOTED,
                promoted.alias(),
                from,
                promoted.version(),
                null,
                ledger.memoryOf(promoted.version()).orElse(null),
                "the alias was moved before the run ended");
    }

    private static Promotion applied(Run run, LedgerEntry applied) {
        return new Promotion(
                Promotion.Status.PROMOTED,
                FunctionConfiguration.LATEST,
                FunctionConfiguration.LATEST,
                FunctionConfiguration.LATEST,
                run.before().memoryMB(),
                applied.memoryMB(),
                "the size was written before the run ended");
    }
}
