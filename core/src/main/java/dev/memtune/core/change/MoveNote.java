// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Rollback.Place;
import dev.memtune.core.run.Run;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how to go back on what a run has put into effect. A version of ours that an earlier run's note went back to,
 * and that this one does not, is noted as superseded: Clean deletes it.
 */
public final class MoveNote {
    private final RunStore store;
    private final Run run;
    private final Journal journal;

    /** @param journal of the run that made the move */
    public MoveNote(RunStore store, Run run, Journal journal) {
        this.store = store;
        this.run = run;
        this.journal = journal;
    }

    /** Whether the run has put something into effect that no note of it, or of a later run, tells of. */
    public boolean isMissing() {
        return move().isPresent()
                && earlier()
                        .filter(note -> note.runId().equals(run.runId())
                                || note.movedAt().isAfter(run.startedAt()))
                        .isEmpty();
    }

    /**
     * Keeps the note.
     *
     * @param from what the alias served before; null if it did not exist; not looked at where {@code $LATEST} was written
     */
    public void keep(@Nullable FunctionConfiguration from) {
        Rollback before = earlier().orElse(null);
        LedgerEntry move = move().orElseThrow();
        Rollback note = new Rollback(
                Rollback.keyOf(run.before()),
                target(),
                run.runId(),
                isOfLatest()
                        ? new Place(FunctionConfiguration.LATEST, run.before().memoryMB(), null)
                        : place(from, before),
                to(move, before),
                journal.clock().instant());
        supersede(before, note);
        store.putRollback(note);
    }

    private Optional<LedgerEntry> move() {
        Ledger ledger = journal.ledger();
        return ledger.last(isOfLatest() ? Kind.APPLIED : Kind.PROMOTED);
    }

    private boolean isOfLatest() {
        return run.input().promoteAlias() == null;
    }

    private String target() {
        return Objects.requireNonNullElse(run.input().promoteAlias(), FunctionConfiguration.LATEST);
    }

    private Optional<Rollback> earlier() {
        return store.rollback(Rollback.keyOf(run.before()), target());
    }

    /** What was promoted by us stays ours when it is what the next run moves away from. */
    private static @Nullable Place place(@Nullable FunctionConfiguration from, @Nullable Rollback before) {
        if (from == null) {
            return null;
        }
        return Optional.ofNullable(before)
                .map(note -> of(note, from.version()))
                .orElseGet(() -> new Place(from.version(), from.memoryMB(), null));
    }

    private static @Nullable Place of(Rollback note, String version) {
        Place from = note.from();
        if (note.to().version().equals(version)) {
            return note.to();
        }
        return from != null && from.version().equals(version) ? from : null;
    }

    private Place to(LedgerEntry move, @Nullable Rollback before) {
        if (isOfLatest()) {
            int memoryMB = Objects.requireNonNull(move.memoryMB(), "memoryMB");
            return new Place(FunctionConfiguration.LATEST, memoryMB, null);
        }
        String version = Objects.requireNonNull(move.version(), "version");
        Ledger ledger = journal.ledger();
        return Optional.ofNullable(before)
                .map(note -> of(note, version))
                .orElseGet(() -> new Place(
                        version,
                        ledger.memoryOf(version).orElse(run.before().memoryMB()),
                        ledger.ownVersions().get(version)));
    }

    private void supersede(@Nullable Rollback before, Rollback note) {
        Place old = before == null ? null : before.from();
        if (old == null || old.marker() == null || isEnd(note, old.version())) {
            return;
        }
        journal.append(new LedgerEntry(Kind.SUPERSEDED, null, old.memoryMB(), old.version(), null, old.marker(), null));
    }

    private static boolean isEnd(Rollback note, String version) {
        return of(note, version) != null;
    }
}
