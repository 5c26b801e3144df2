// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.MoveNote;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.Promotion.Status;
import dev.memtune.core.wire.TuningResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The step Promote. */
public final class Promoter {
    private final FunctionControl control;
    private final RunStore store;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Duration stepTime;

    /** @param stepTime the step's own time, less than the task's time-out */
    public Promoter(FunctionControl control, RunStore store, InstantSource clock, Sleeper sleeper, Duration stepTime) {
        this.control = control;
        this.store = store;
        this.clock = clock;
        this.sleeper = sleeper;
        this.stepTime = stepTime;
    }

    /**
     * Moves the alias, or says why not; may be called again.
     *
     * @throws Conflicted if code, settings, the measured version or the alias are not what they were
     */
    public Promotion promote(PromoterInput input) {
        Run run = store.find(input.run().runId())
                .orElseThrow(() -> new Conflicted(
                        "there is no record of run " + input.run().runId() + "; nothing is promoted without it"));
        if (!input.decision().promote()) {
            String reason = "it was not asked for" + deployedMeanwhile(run);
            return new Promotion(Status.SKIPPED, run.input().promoteAlias(), null, null, null, null, reason);
        }
        Arm best = input.decision().best();
        Patience patience = Patience.of(clock, sleeper, stepTime);
        FunctionConfiguration measured = requireMeasuredCode(run, best, patience);
        Journal journal = Journal.of(store, clock, run, input.run().token());
        return run.input().promoteAlias() == null
                ? applied(run, measured, journal, patience)
                : promoted(run, measured, journal, patience);
    }

    /** What the reader of a result must know although nothing is promoted; empty if there is nothing. */
    private String deployedMeanwhile(Run run) {
        try {
            FunctionConfiguration latest =
                    read(run, FunctionConfiguration.LATEST, Patience.of(clock, sleeper, stepTime));
            return latest.hasSameCodeAndSettings(run.before())
                    ? ""
                    : "; somebody deployed the function since the run began, and the result is that of what it was before";
        } catch (LambdaFault e) {
            return "; whether somebody deployed the function meanwhile could not be read: " + e.getMessage();
        }
    }

    private Promotion applied(Run run, FunctionConfiguration measured, Journal journal, Patience patience) {
        FunctionConfiguration from = run.before();
        LatestSize latest = new LatestSize(control, run, journal);
        if (from.memoryMB() == measured.memoryMB()) {
            return promotion(Status.KEPT, run, from, from, "it has the best size already");
        }
        if (!latest.isApplied()) {
            latest.apply(measured.memoryMB(), patience);
        }
        note(run, journal, null);
        FunctionConfiguration to = read(run, FunctionConfiguration.LATEST, patience);
        return promotion(Status.PROMOTED, run, from, to, "the best size was measured with the same code and settings");
    }

    private Promotion promoted(Run run, FunctionConfiguration measured, Journal journal, Patience patience) {
        String alias = Objects.requireNonNull(run.input().promoteAlias(), "promoteAlias");
        AliasMove move = new AliasMove(control, run, journal, alias);
        CleanVersion clean = new CleanVersion(control, store, run, journal);
        String target = clean.known().orElse(measured.version());
        AliasConfiguration present = move.read(target, patience).orElse(null);
        AliasConfiguration before = run.promoteAlias();
        FunctionConfiguration from = before == null ? null : read(run, before.version(), patience);
        FunctionConfiguration best = measured;
        Optional<String> reluctance = from == null ? Optional.empty() : reluctance(run, from);
        if (move.isDone(present, target)) {
            move.confirm(target);
            best = read(run, target, patience);
        } else if (before != null && from != null && serves(before, from, run, measured)) {
            return promotion(Status.KEPT, run, from, from, "it serves the best size already");
        } else if (from != null && reluctance.isPresent()) {
            return promotion(Status.KEPT, run, from, from, reluctance.get());
        } else {
            boolean isMarked = run.before().hidesReports() && !isForeign(run);
            best = isMarked ? clean.publish(measured.memoryMB(), patience, stepTime) : measured;
            move.move(best.version(), patience);
        }
        note(run, journal, from);
        String remark =
                before == null ? "" : new Environments(control, run.function(), alias).await(best.version(), patience);
        return promotion(Status.PROMOTED, run, from, best, reason(measured, best) + remark);
    }

    /** Why the size that the alias serves is not worth leaving; empty if it is, or it serves other code, or any saving will do. */
    private Optional<String> reluctance(Run run, FunctionConfiguration from) {
        double minSaving = run.input().limits().minSaving();
        if (minSaving == 0 || !from.hasSameCodeAndSettings(run.before())) {
            return Optional.empty();
        }
        TuningResult result = store.document(run.runId(), TuningResult.DOCUMENT)
                .map(json -> Json.read(json, TuningResult.class))
                .orElseThrow(() -> new Conflicted(
                        "there is no result of run " + run.runId() + " any more; nothing is promoted without it"));
        return new SavingGate(minSaving).reluctance(result, from.memoryMB());
    }

    private void note(Run run, Journal journal, @Nullable FunctionConfiguration from) {
        MoveNote note = new MoveNote(store, run, journal);
        if (note.isMissing()) {
            note.keep(from);
        }
    }

    private static String reason(FunctionConfiguration measured, FunctionConfiguration best) {
        return measured.version().equals(best.version())
                ? "the best size was measured on this version"
                : "the best size was measured on version " + measured.version()
                        + ", which differs in its log level alone";
    }

    private static boolean serves(
            AliasConfiguration alias, FunctionConfiguration from, Run run, FunctionConfiguration best) {
        return !alias.isWeighted()
                && from.memoryMB() == best.memoryMB()
                && from.hasSameCodeAndSettings(isForeign(run) ? best : run.before());
    }

    /** Whether a check measured a version that was there before: then {@code $LATEST} has nothing to say. */
    private static boolean isForeign(Run run) {
        CheckInput check = run.input().check();
        return check != null && check.foundCandidate().arm().version() != null;
    }

    private FunctionConfiguration requireActive(Run run, Arm best, String version, Patience patience) {
        FunctionConfiguration measured = read(run, version, patience);
        if (!measured.isActive() || measured.memoryMB() != best.memoryMB()) {
            throw new Conflicted("version " + version + " of " + run.function() + " is " + measured.state() + " with "
                    + measured.memoryMB() + " MB; only an Active version with the measured " + best.memoryMB()
                    + " MB is promoted. Check again");
        }
        return measured;
    }

    private FunctionConfiguration requireMeasuredCode(Run run, Arm best, Patience patience) {
        String version = Objects.requireNonNull(best.version(), "the best arm has no version");
        if (isForeign(run)) {
            return requireActive(run, best, version, patience);
        }
        FunctionConfiguration latest = read(run, FunctionConfiguration.LATEST, patience);
        if (!latest.hasSameCodeAndSettings(run.before())) {
            throw new Conflicted("somebody deployed " + run.function()
                    + " since the run began: its code or settings are not those measured, so nothing is promoted."
                    + " Tune again");
        }
        FunctionConfiguration measured = read(run, version, patience);
        boolean same = measured.differsAtMostInLogLevel(run.before()) && measured.memoryMB() == best.memoryMB();
        if (!same || !measured.isActive()) {
            throw new Conflicted("version " + version + " of " + run.function() + " is " + measured.state() + " with "
                    + measured.memoryMB() + " MB; only an Active version with the measured code, settings and "
                    + best.memoryMB() + " MB is promoted. Tune again");
        }
        return measured;
    }

    private FunctionConfiguration read(Run run, String qualifier, Patience patience) {
        return patience.read(
                "reading " + run.function() + ":" + qualifier, () -> control.configuration(run.function(), qualifier));
    }

    private static Promotion promotion(
            Status status, Run run, @Nullable FunctionConfiguration from, FunctionConfiguration to, String reason) {
        return new Promotion(
                status,
                Objects.requireNonNullElse(run.input().promoteAlias(), FunctionConfiguration.LATEST),
                from == null ? null : from.version(),
                to.version(),
                from == null ? null : from.memoryMB(),
                to.memoryMB(),
                reason);
    }
}
