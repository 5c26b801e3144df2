// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.change.Journal;
import dev.memtune.core.change.LeaseAlias;
import dev.memtune.core.change.MoveNote;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.Promotion.Status;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Goes back on the last promotion of a function, by the note that it left. A rollback is a run like any other: it has a
 * record, a ledger and the lease, and whoever calls this cleans up after it, whatever becomes of it.
 */
public final class Reverter {
    private static final long TOKEN = 1;

    private final FunctionControl control;
    private final RunStore store;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Duration stepTime;

    /** @param stepTime how long it may take */
    public Reverter(FunctionControl control, RunStore store, InstantSource clock, Sleeper sleeper, Duration stepTime) {
        this.control = control;
        this.store = store;
        this.clock = clock;
        this.sleeper = sleeper;
        this.stepTime = stepTime;
    }

    /**
     * Moves the target back to where it was. Called again afterwards, it returns to what was promoted.
     *
     * @param executionId names the rollback; the run to clean up after is {@link RunIds#of} it
     * @param target the alias, or {@code $LATEST}
     * @throws NotTunable if there is nothing to go back to; nothing was changed
     * @throws Conflicted if the target was moved since by somebody else; it stays there
     * @throws dev.memtune.core.failure.Busy if another run holds the function
     */
    public Promotion rollBack(String executionId, FunctionReference function, String target) {
        Patience patience = Patience.of(clock, sleeper, stepTime);
        FunctionConfiguration latest = latest(function, patience);
        Rollback note = store.rollback(Rollback.keyOf(latest), target)
                .orElseThrow(() -> new NotTunable("nothing is known here of a promotion of " + target + " of "
                        + function.name() + "; a rollback is made where the promotion was made"));
        Rollback.Place from = note.from();
        if (from == null) {
            throw new NotTunable("the alias " + target + " of " + function.name()
                    + " did not exist before it was promoted, so there is nothing to go back to; if nobody calls it,"
                    + " delete it with `aws lambda delete-alias --function-name " + function.unqualified() + " --name "
                    + target + "`");
        }
        Run run = begin(executionId, function, latest, target, patience);
        Journal journal = Journal.of(store, clock, run, TOKEN);
        new LeaseAlias(control, run.function(), journal).take(Lease.of(run), latest.memoryMB(), patience);
        return note.isOfLatest()
                ? writeBack(run, note, from, journal, patience)
                : moveBack(run, note, from, journal, patience);
    }

    private FunctionConfiguration latest(FunctionReference function, Patience patience) {
        try {
            return patience.read(
                    "reading " + function.name(),
                    () -> control.configuration(function.unqualified(), FunctionConfiguration.LATEST));
        } catch (LambdaFault.NotFound e) {
            throw new NotTunable("there is no function " + function.unqualified()
                    + "; check its name, the region and the account. AWS: " + e.getMessage());
        }
    }

    private Run begin(
            String executionId,
            FunctionReference function,
            FunctionConfiguration latest,
            String target,
            Patience patience) {
        boolean ofLatest = target.equals(FunctionConfiguration.LATEST);
        AliasConfiguration alias = ofLatest
                ? null
                : patience.read("reading the alias " + target, () -> control.alias(function.unqualified(), target))
                        .orElse(null);
        Instant now = clock.instant();
        Run run = new Run(
                RunIds.of(executionId),
                executionId,
                function.unqualified(),
                latest,
                Integer.MAX_VALUE,
                alias,
                input(function, ofLatest ? null : target),
                1,
                now,
                now.plus(stepTime).plus(stepTime));
        store.create(run);
        return run;
    }

    private static TuningInput input(FunctionReference function, @Nullable String alias) {
        ObjectNode input = Json.mapper()
                .createObjectNode()
                .put("lambdaARN", function.unqualified())
                .put("autoOptimize", true);
        if (alias != null) {
            input.put("autoOptimizeAlias", alias);
        }
        return TuningInputReader.read(input, 0);
    }

    private Promotion moveBack(Run run, Rollback note, Rollback.Place from, Journal journal, Patience patience) {
        AliasConfiguration present = run.promoteAlias();
        if (present == null || !present.version().equals(note.to().version()) || present.isWeighted()) {
            throw new Conflicted("the alias " + note.target() + " of " + run.function() + " points to "
                    + (present == null ? "nothing" : present.version() + (present.isWeighted() ? " and others" : ""))
                    + ", not to version " + note.to().version() + ", to which run " + note.runId()
                    + " moved it: somebody else moved it since, and it stays there");
        }
        FunctionConfiguration served = requireActive(run, from, patience);
        AliasMove move = new AliasMove(control, run, journal, note.target());
        move.move(from.version(), patience);
        new MoveNote(store, run, journal).keep(served(run, present, patience));
        String remark = new Environments(control, run.function(), note.target()).await(from.version(), patience);
        return promotion(note, from, "run " + note.runId() + " had moved it" + remark, served.memoryMB());
    }

    private FunctionConfiguration served(Run run, AliasConfiguration present, Patience patience) {
        return patience.read(
                "reading version " + present.version(), () -> control.configuration(run.function(), present.version()));
    }

    private FunctionConfiguration requireActive(Run run, Rollback.Place from, Patience patience) {
        try {
            FunctionConfiguration version = patience.read(
                    "reading version " + from.version(), () -> control.configuration(run.function(), from.version()));
            if (version.isActive()) {
                return version;
            }
            throw new Conflicted("version " + from.version() + " of " + run.function() + " is " + version.state()
                    + "; only an Active version is gone back to. Invoke it once and try again if it is Inactive");
        } catch (LambdaFault.NotFound e) {
            throw new Conflicted("version " + from.version() + " of " + run.function()
                    + ", which the alias served before, is gone: somebody deleted it");
        }
    }

    private Promotion writeBack(Run run, Rollback note, Rollback.Place from, Journal journal, Patience patience) {
        if (run.before().memoryMB() != note.to().memoryMB()) {
            throw new Conflicted(
                    "$LATEST of " + run.function() + " has " + run.before().memoryMB() + " MB, not the "
                            + note.to().memoryMB() + " MB that run " + note.runId()
                            + " wrote: somebody else changed it since, and it stays so");
        }
        new LatestSize(control, run, journal).apply(from.memoryMB(), patience);
        new MoveNote(store, run, journal).keep(null);
        return promotion(note, from, "run " + note.runId() + " had written it", from.memoryMB());
    }

    private static Promotion promotion(Rollback note, Rollback.Place from, String reason, int memoryMB) {
        return new Promotion(
                Status.PROMOTED,
                note.target(),
                note.to().version(),
                from.version(),
                note.to().memoryMB(),
                memoryMB,
                reason);
    }
}
