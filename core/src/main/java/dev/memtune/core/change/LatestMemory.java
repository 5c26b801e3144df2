// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Run;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes the memory size of {@code $LATEST} for one run, and only that; and its system log level where that hides the
 * reports that are to be measured, so that trial versions have {@value #TRIAL_LEVEL}.
 *
 * <p>A change rests on the revision of the same read in which every other field was as expected. An answer that says nothing
 * about the effect is followed by a read and a comparison, never by another blind attempt.
 */
public final class LatestMemory {
    private static final String LATEST = FunctionConfiguration.LATEST;
    private static final String TRIAL_LEVEL = "INFO";
    private static final String LOG_LEVEL = "log level";

    private final FunctionControl control;
    private final String function;
    private final FunctionConfiguration own;
    private final Journal journal;
    private final UpdatePace pace;
    private boolean revisionMoved;

    /** @param run whose function it is, and what that was like before */
    public LatestMemory(FunctionControl control, Run run, Journal journal) {
        this.control = control;
        this.function = run.function();
        this.own = run.before();
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

    /** What a trial of this size is like. */
    public Setting trial(int memoryMB) {
        return new Setting(memoryMB, own.hidesReports() ? TRIAL_LEVEL : own.systemLogLevel());
    }

    /** The function's own configuration at this size. */
    public Setting own(int memoryMB) {
        return new Setting(memoryMB, own.systemLogLevel());
    }

    /**
     * What of {@code $LATEST} a run changes.
     *
     * @param memoryMB the memory size
     * @param systemLogLevel the system log level; null if the function has none
     */
    public record Setting(int memoryMB, @Nullable String systemLogLevel) {
        /** What a configuration has of it. */
        static Setting of(FunctionConfiguration configuration) {
            return new Setting(configuration.memoryMB(), configuration.systemLogLevel());
        }

        /** Whether a configuration has it. */
        public boolean isOf(FunctionConfiguration configuration) {
            return equals(of(configuration));
        }
    }

    /**
     * Gives {@code $LATEST} a setting on trial.
     *
     * @param from the read on which the change rests
     * @return the settled configuration afterwards
     * @throws LambdaFault.Refused if this size is not allowed
     * @throws Conflicted if somebody else changed the function meanwhile
     */
    public FunctionConfiguration tryOut(String armId, Setting wanted, FunctionConfiguration from, Patience patience) {
        int memoryMB = wanted.memoryMB();
        FunctionConfiguration base = from;
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            journal.append(LedgerEntry.memory(Kind.MEMORY_INTENT, armId, memoryMB, base.revisionId()));
            Optional<FunctionConfiguration> answer = send(wanted, base, patience);
            FunctionConfiguration now = settledAfter(answer, patience);
            requireOnlyOurs(base, now);
            if (wanted.isOf(now)) {
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
     */
    public FunctionConfiguration undo(Patience patience) {
        Ledger ledger = journal.ledger();
        FunctionConfiguration now = settled(patience);
        Optional<String> revision = Optional.ofNullable(now.revisionId());
        boolean inFlight = revision.isPresent()
                && (revision.equals(ledger.openMemoryRevision()) || revision.equals(ledger.openPublishRevision()));
        Set<Integer> trialSizes = ledger.trialSizes();
        if (!ownOf(now, trialSizes).isOf(now) || (inFlight && now.memoryMB() == own.memoryMB())) {
            return restore(trialSizes, now, patience);
        }
        journal.append(LedgerEntry.memory(Kind.RESTORED, null, now.memoryMB(), now.revisionId()));
        return now;
    }

    /** What is to be there instead of this: what is on trial in it is taken back, what somebody else has changed stands. */
    private Setting ownOf(FunctionConfiguration now, Set<Integer> trialSizes) {
        boolean trialLevel = own.hidesReports() && !trialSizes.isEmpty() && TRIAL_LEVEL.equals(now.systemLogLevel());
        return new Setting(
                trialSizes.contains(now.memoryMB()) ? own.memoryMB() : now.memoryMB(),
                trialLevel ? own.systemLogLevel() : now.systemLogLevel());
    }

    /**
     * Gives {@code $LATEST} its own setting back, unless somebody else has given it another: theirs stands, and so does every
     * other field, because nothing else is ever written.
     *
     * @param trialSizes the sizes that it may bear by this run's doing
     * @param from the latest read
     */
    private FunctionConfiguration restore(Set<Integer> trialSizes, FunctionConfiguration from, Patience patience) {
        FunctionConfiguration base = from;
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            Setting wanted = ownOf(base, trialSizes);
            journal.append(LedgerEntry.memory(Kind.RESTORE_INTENT, null, wanted.memoryMB(), base.revisionId()));
            Optional<FunctionConfiguration> answer = send(wanted, base, patience);
            FunctionConfiguration now = settledAfter(answer, patience);
            boolean fenced = answer.isPresent() || !Objects.equals(now.revisionId(), base.revisionId());
            if (fenced && ownOf(now, trialSizes).isOf(now)) {
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
    private Optional<FunctionConfiguration> send(Setting wanted, FunctionConfiguration base, Patience patience) {
        try {
            return Optional.of(patience.admitted("changing " + function, () -> {
                pace.begin();
                return update(wanted, base);
            }));
        } catch (LambdaFault.PreconditionFailed e) {
            revisionMoved = true;
            return Optional.empty();
        } catch (LambdaFault.Conflict | LambdaFault.OutcomeUnknown e) {
            return Optional.empty();
        }
    }

    private FunctionConfiguration update(Setting wanted, FunctionConfiguration base) {
        String level = wanted.systemLogLevel();
        return level == null || level.equals(base.systemLogLevel())
                ? control.updateMemory(function, wanted.memoryMB(), base.revisionId())
                : control.updateMemoryAndLogLevel(function, wanted.memoryMB(), level, base.revisionId());
    }

    private void requireOnlyOurs(FunctionConfiguration base, FunctionConfiguration now) {
        String what = foreignDifference(base, now);
        if (what != null) {
            throw foreign("changed its " + what);
        }
    }

    /** What differs apart from what a run changes, in words; null if nothing does. */
    @Nullable
    String foreignDifference(FunctionConfiguration base, FunctionConfiguration now) {
        String what = difference(base, now);
        boolean isTrialLevel = own.hidesReports()
                && (TRIAL_LEVEL.equals(now.systemLogLevel())
                        || Objects.equals(own.systemLogLevel(), now.systemLogLevel()));
        return LOG_LEVEL.equals(what) && isTrialLevel ? null : what;
    }

    /** What differs apart from the memory size, in words; null if nothing does. */
    public static @Nullable String difference(FunctionConfiguration base, FunctionConfiguration now) {
        if (!Objects.equals(base.codeSha256(), now.codeSha256())) {
            return "code";
        }
        if (!base.settingsDigest().equals(now.settingsDigest())) {
            return "settings";
        }
        if (!base.description().equals(now.description())) {
            return "description";
        }
        return Objects.equals(base.systemLogLevel(), now.systemLogLevel()) ? null : LOG_LEVEL;
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
