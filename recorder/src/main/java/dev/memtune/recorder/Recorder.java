// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.price.Price;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.EndNotice;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.RunResult;
import dev.memtune.core.wire.TuningResult;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says how a run ended and keeps it. Repeating a call gives the same outcome. */
public final class Recorder {
    private static final String DIRTY = "Dirty";
    private static final String NO_RESULT = "NoResult";

    /** What Recovery makes of an execution that failed, which tells nothing that the execution's own Record has not told. */
    private static final String NO_NEWS = "States.TaskFailed";

    private final RunStore store;
    private final InstantSource clock;
    private final EndNews news;
    private final OwnBill bill;

    /**
     * The step where neither the steps nor the state machine are billed.
     *
     * @param clock tells when the run ended
     */
    public Recorder(RunStore store, InstantSource clock) {
        this(
                store,
                clock,
                new EndNews(new TuningStatus(Registry.NONE, clock), List.of(), line -> {}),
                new OwnBill(store, null));
    }

    private Recorder(RunStore store, InstantSource clock, EndNews news, OwnBill bill) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.news = Objects.requireNonNull(news, "news");
        this.bill = Objects.requireNonNull(bill, "bill");
    }

    /** The same step, with somewhere to send its news. */
    public Recorder telling(EndNews receivers) {
        return new Recorder(store, clock, receivers, bill);
    }

    /** The same step on AWS, where our own functions and the state machine are billed at these rates. */
    public Recorder billedAt(Price ownPrice) {
        return new Recorder(store, clock, news, new OwnBill(store, ownPrice));
    }

    /** Does as {@link #record(RecorderInput, StepUsage)} does, and takes this call for free. */
    public RecorderOutput record(RecorderInput input) {
        return record(input, StepUsage.NONE);
    }

    /**
     * Decides the outcome, writes it if the run got as far as having a record, and tells of it.
     *
     * @param present what this call has used so far, for the run's own cost
     */
    public RecorderOutput record(RecorderInput input, StepUsage present) {
        EndState state = new EndState(input.executionId(), input.state());
        RecorderOutput output = output(state, present);
        Optional<Run> run = store.find(state.runId());
        Optional<OutcomeDocument> recorded = input.afterwards() ? recorded(state.runId()) : Optional.empty();
        OutcomeDocument ended = recorded.orElseGet(() -> ended(input.executionId(), output));
        if (run.isPresent() && recorded.isEmpty()) {
            write(output, ended);
        }
        RunResult result = recorded.isPresent() ? found(state.runId()).orElse(null) : output.output();
        String function = run.map(Run::function).or(state::function).orElse(null);
        EndNotice notice = EndNotices.of(state.runId(), ended, function, result, promotion(result, state));
        news.note(notice);
        boolean isOldNews = recorded.isPresent() || (input.afterwards() && run.isEmpty() && isNoNews(state));
        if (!isOldNews) {
            news.announce(notice);
        }
        return output;
    }

    private Optional<OutcomeDocument> recorded(String runId) {
        return store.document(runId, OutcomeDocument.NAME).map(json -> Json.read(json, OutcomeDocument.class));
    }

    private OutcomeDocument ended(String executionId, RecorderOutput output) {
        return new OutcomeDocument(
                executionId, output.outcome(), output.exitCode(), output.error(), output.cause(), clock.instant());
    }

    private static @Nullable Promotion promotion(@Nullable RunResult result, EndState state) {
        Promotion told = result == null ? null : result.promotion();
        return told == null ? state.promotion().orElse(null) : told;
    }

    private static boolean isNoNews(EndState state) {
        return state.failure().filter(failure -> failure.type().equals(NO_NEWS)).isPresent();
    }

    private RecorderOutput output(EndState state, StepUsage present) {
        RunResult result = found(state.runId())
                .map(one -> bill.complete(one, present))
                .map(one -> one.ended(state.promotion().orElse(null), clock.instant()))
                .orElse(null);
        if (isDirty(state)) {
            return failed(state, Outcome.DIRTY, DIRTY, result);
        }
        Optional<Ending> failure = state.failure();
        if (failure.isPresent()) {
            Outcome outcome = failure.get().outcome(store.isCancelRequested(state.runId()));
            return failed(state, outcome, failure.get().name(), result);
        }
        Optional<Promotion> promotion = state.promotion();
        boolean isComplete = result != null || isDryRun(state);
        if (!isComplete || promotion.isEmpty()) {
            return failed(state, Outcome.UNEXPECTED, NO_RESULT, result);
        }
        Outcome outcome = promotion.get().status() == Promotion.Status.PROMOTED ? Outcome.PROMOTED : Outcome.KEPT;
        return new RecorderOutput(true, outcome, outcome.exitCode(), state.runId(), null, null, result);
    }

    private Optional<RunResult> found(String runId) {
        return store.document(runId, TuningResult.DOCUMENT)
                .<RunResult>map(json -> Json.read(json, TuningResult.class))
                .or(() -> store.document(runId, CheckResult.DOCUMENT).map(json -> Json.read(json, CheckResult.class)));
    }

    /** A dry run has no result: one invocation per size says that everything works, and not which size is best. */
    private boolean isDryRun(EndState state) {
        return store.find(state.runId())
                .filter(run -> run.input().procedure().dryRun())
                .isPresent();
    }

    /** Clean's own word; where it gave none, the ledger's: it may have failed after its last change, or had nothing to do. */
    private boolean isDirty(EndState state) {
        Ledger ledger = new Ledger(store.ledger(state.runId()));
        boolean isUndone = !ledger.isCleaned() && (ledger.hasChanges() || ledger.has(Kind.LEASE_INTENT));
        return !state.dirty().isEmpty() || (state.cleanFailure().isPresent() && isUndone);
    }

    private RecorderOutput failed(EndState state, Outcome outcome, String error, @Nullable RunResult result) {
        String runId = state.runId();
        Cause cause = new Cause();
        if (outcome == Outcome.DIRTY) {
            cause.add(dirtyText(state));
        }
        state.failure().ifPresent(failure -> cause.add(failure.message()));
        // A verdict has said which sizes cannot work, and no step failed to reach it.
        boolean isVerdict = outcome == Outcome.REJECTED || outcome == Outcome.UNDECIDED;
        if (!isVerdict) {
            state.failure()
                    .ifPresent(failure -> cause.add("Failed in "
                            + state.where(!store.samples(runId).isEmpty()) + " with " + failure.name() + "."));
            cause.addInfeasible(store.infeasible(runId));
        }
        if (error.equals(NO_RESULT)) {
            cause.add("Every step ended without an error, and yet there is no result; this is a defect of Memtune.");
        }
        if (result != null && !isVerdict) {
            cause.add(result.summary() + " " + aliasText(state));
        }
        cause.addMeasured(store.samples(runId)).add("Run " + runId + ".");
        return new RecorderOutput(
                false,
                outcome,
                outcome.exitCode(),
                runId,
                Cause.shorten(error, RecorderOutput.MAX_ERROR, ""),
                cause.text(),
                result);
    }

    private static String aliasText(EndState state) {
        return state.promotion()
                .map(promotion -> "The alias was "
                        + (promotion.status() == Promotion.Status.PROMOTED ? "moved to it: " : "not moved: ")
                        + promotion.reason())
                .orElse("The alias was not moved.");
    }

    private String dirtyText(EndState state) {
        String function = state.function()
                .or(() -> store.find(state.runId()).map(Run::function))
                .orElse("FUNCTION");
        String why = state.cleanFailure()
                .map(failure -> failure.message() + " (" + failure.type() + ")")
                .orElseGet(() -> String.join("\n", state.dirty()));
        return "The function is not as it was before, because cleaning up failed: " + why + "\nRun: memtune clean "
                + function;
    }

    private void write(RecorderOutput output, OutcomeDocument ended) {
        RunResult result = output.output();
        if (result != null) {
            store.putDocument(output.runId(), result.document(), Json.write(result));
        }
        store.putDocument(output.runId(), OutcomeDocument.NAME, Json.write(ended));
    }
}
