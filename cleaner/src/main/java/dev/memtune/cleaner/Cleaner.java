// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.change.Journal;
import dev.memtune.core.change.Patience;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.port.TuningSlots;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Failure;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The step Clean, and the sweep over runs whose own Clean never came. */
public final class Cleaner {
    private final Function<Run, FunctionControl> controls;
    private final RunStore store;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final CleanerLimits limits;
    private final TuningSlots slots;

    /** @param limits how long things may take */
    public Cleaner(
            FunctionControl control, RunStore store, InstantSource clock, Sleeper sleeper, CleanerLimits limits) {
        this(run -> control, store, clock, sleeper, limits, TuningSlots.UNBOUNDED);
    }

    /**
     * The step where runs are of more than one account.
     *
     * @param controls the control plane of a run's function
     * @param limits how long things may take
     * @param slots where runs that waited their turn have theirs
     */
    Cleaner(
            Function<Run, FunctionControl> controls,
            RunStore store,
            InstantSource clock,
            Sleeper sleeper,
            CleanerLimits limits,
            TuningSlots slots) {
        this.controls = controls;
        this.store = store;
        this.clock = clock;
        this.sleeper = sleeper;
        this.limits = limits;
        this.slots = slots;
    }

    /** The same step, with slots that are given back. */
    public Cleaner releasing(TuningSlots taken) {
        return new Cleaner(controls, store, clock, sleeper, limits, taken);
    }

    /** Undoes what the execution's run did; does nothing if it never got as far as its record. */
    public CleanerOutput clean(CleanerInput input) {
        String runId = RunIds.of(input.executionId());
        Cleanup cleanup = store.find(runId).map(this::cleanUp).orElse(null);
        if (cleanup == null) {
            // Without a record nobody knows whether it waited its turn.
            slots.leave(runId);
        }
        JsonNode state = input.state();
        Promotion promotion = part(state, "promotion", Promotion.class)
                .or(() -> Optional.ofNullable(cleanup == null ? null : cleanup.promotion()))
                .orElse(null);
        List<String> dirty = cleanup == null ? List.of() : cleanup.dirty();
        return new CleanerOutput(
                runId,
                cleanup == null ? null : cleanup.function(),
                dirty.isEmpty(),
                dirty,
                part(state, "decision", Decision.class).orElse(null),
                promotion,
                part(state, "failure", Failure.class).orElse(null));
    }

    /**
     * Cleans up after every unfinished run that is to be.
     *
     * @param which the runs to look at, such as {@link #isOverdue} or those of one function; a run that is still going on is
     *     stopped by it
     */
    public List<CleanerOutput> sweep(Predicate<Run> which) {
        List<CleanerOutput> outputs = new ArrayList<>();
        for (Run run : store.unfinished()) {
            if (which.test(run)) {
                Cleanup cleanup = cleanUp(run);
                List<String> dirty = cleanup.dirty();
                outputs.add(new CleanerOutput(
                        run.runId(), run.function(), dirty.isEmpty(), dirty, null, cleanup.promotion(), null));
            }
        }
        return outputs;
    }

    /** Whether there is a run that is not cleaned up, be it going on or not. */
    boolean hasUnfinished() {
        return !store.unfinished().isEmpty();
    }

    /** Whether a run cannot be going on any more: its lease has run out, or its first Clean left something to look after. */
    public boolean isOverdue(Run run) {
        boolean leaseOver = Journal.of(store, clock, run, 0).isLeaseOver();
        return leaseOver || store.document(run.runId(), RunCleanup.DOUBT).isPresent();
    }

    private Cleanup cleanUp(Run run) {
        Cleanup cleanup = undone(run);
        if (run.input().terms().waitForTurn()) {
            slots.leave(run.runId());
        }
        return cleanup;
    }

    private Cleanup undone(Run run) {
        if (new Ledger(store.ledger(run.runId())).isCleaned()) {
            return RunCleanup.alreadyDone(run, new Ledger(store.ledger(run.runId())));
        }
        long token = store.raiseToken(run.runId());
        Journal journal =
                new Journal(store, clock, run.runId(), token, clock.instant().plus(limits.leaseTime()));
        Patience patience = Patience.of(clock, sleeper, limits.stepTime());
        return new RunCleanup(controls.apply(run), store, run, journal, patience, limits).run();
    }

    private static <T> Optional<T> part(JsonNode state, String name, Class<T> type) {
        JsonNode part = state.path(name);
        return part.isObject() ? Optional.of(Json.read(part.toString(), type)) : Optional.empty();
    }

    /**
     * What one clean-up came to.
     *
     * @param function the function
     * @param promotion the promotion that the ledger knows of; null if there was none
     * @param dirty what is left
     */
    record Cleanup(String function, @Nullable Promotion promotion, List<String> dirty) {}
}
