// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import static java.util.Objects.requireNonNull;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.LeaseAlias;
import dev.memtune.core.change.Patience;
import dev.memtune.core.check.CheckRounds;
import dev.memtune.core.failure.Busy;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.port.TuningSlots;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import dev.memtune.core.wire.TuningState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * The step Initialize.
 *
 * <p>Order: everything is checked; the run's record is written, so that Clean knows of the run whatever happens; the lease
 * is taken. That the function is still as it was read, before anybody was excluded, is for Publish to see before it changes
 * anything.
 */
public final class Initializer {

    private static final long FIRST_TOKEN = 1;

    private final FunctionControl control;
    private final RunStore store;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final ObjectSource objects;
    private final Function<Run, Plan> firstPlan;
    private final InitializerLimits limits;
    private final StackRules rules;
    private final TuningSlots slots;

    /**
     * Creates the step.
     *
     * @param objects has the events that an input keeps elsewhere
     * @param firstPlan makes the plan of the first round, or refuses the input; pure
     */
    public Initializer(
            FunctionControl control,
            RunStore store,
            InstantSource clock,
            Sleeper sleeper,
            ObjectSource objects,
            Function<Run, Plan> firstPlan,
            InitializerLimits limits) {
        this(control, store, clock, sleeper, objects, firstPlan, limits, StackRules.NONE);
    }

    /**
     * The step of a deployed stack.
     *
     * @param objects has the events that an input keeps elsewhere
     * @param firstPlan makes the plan of the first round; pure
     * @param rules what the stack demands
     */
    public Initializer(
            FunctionControl control,
            RunStore store,
            InstantSource clock,
            Sleeper sleeper,
            ObjectSource objects,
            Function<Run, Plan> firstPlan,
            InitializerLimits limits,
            StackRules rules) {
        this(control, store, clock, sleeper, objects, firstPlan, limits, rules, TuningSlots.UNBOUNDED);
    }

    private Initializer(
            FunctionControl control,
            RunStore store,
            InstantSource clock,
            Sleeper sleeper,
            ObjectSource objects,
            Function<Run, Plan> firstPlan,
            InitializerLimits limits,
            StackRules rules,
            TuningSlots slots) {
        this.control = control;
        this.store = store;
        this.clock = clock;
        this.sleeper = sleeper;
        this.objects = objects;
        this.firstPlan = firstPlan;
        this.limits = limits;
        this.rules = rules;
        this.slots = slots;
    }

    /** The same step, with a bound of the runs that wait their turn. */
    public Initializer bounded(TuningSlots bound) {
        return new Initializer(control, store, clock, sleeper, objects, firstPlan, limits, rules, bound);
    }

    /**
     * Begins a run; may be called again for the same execution.
     *
     * @throws dev.memtune.core.failure.BadInput if the input breaks rules; nothing was changed
     * @throws dev.memtune.core.failure.NotTunable if the function cannot be tuned; nothing was changed
     * @throws Busy if another run holds the function; nothing was changed
     * @throws dev.memtune.core.failure.Queued the same for a run that waits its turn
     * @throws dev.memtune.core.failure.Full if as many runs that wait their turn have had it as may; nothing was changed
     */
    public TuningState initialize(InitializerInput input) {
        String executionId = input.execution().id();
        TuningInput asked = TuningInputReader.read(input.input(), RunIds.seedOf(executionId));
        Patience patience = Patience.of(clock, sleeper, limits.stepTime());
        return asked.terms().waitForTurn()
                ? inTurn(executionId, asked, patience)
                : initialize(executionId, asked, patience);
    }

    private TuningState inTurn(String executionId, TuningInput asked, Patience patience) {
        Turn turn = new Turn(control, slots);
        String runId = RunIds.of(executionId);
        String function =
                FunctionReference.parse(asked.function()).orElseThrow().unqualified();
        turn.take(runId, function, clock.instant().plus(limits.leaseTime()), patience);
        try {
            return initialize(executionId, asked, patience);
        } catch (Busy e) {
            throw turn.missed(runId, String.valueOf(e.getMessage()));
        }
    }

    private TuningState initialize(String executionId, TuningInput asked, Patience patience) {
        Run run = store.find(RunIds.of(executionId)).orElse(null);
        boolean isStale = run != null && hasMissedItsTurn(run);
        int payloadCount = run == null || isStale ? 0 : payloadCount(run);
        if (run == null || payloadCount == 0) {
            TuningInput tuning = new RemotePayload(objects).fetched(asked);
            run = run == null || isStale ? begin(executionId, tuning, isStale, patience) : run;
            payloadCount = tuning.payloads().size();
            store.putDocument(run.runId(), NamedPayload.DOCUMENT, Json.write(tuning.payloads()));
        }
        takeLease(run, patience);
        RunRef ref = new RunRef(run.runId(), run.function(), FIRST_TOKEN);
        Plan plan = Rounds.covering(plan(run), run.input(), payloadCount);
        return new TuningState(ref, plan, TuningState.Next.PUBLISH, null);
    }

    /** How many payloads are stored; 0 if they are not. */
    private int payloadCount(Run run) {
        return store.document(run.runId(), NamedPayload.DOCUMENT)
                .map(json -> Json.read(json, NamedPayload[].class).length)
                .orElse(0);
    }

    /** Whether it was recorded and came too late for the lease: then the function may be another by now. */
    private boolean hasMissedItsTurn(Run run) {
        return run.input().terms().waitForTurn() && new Ledger(store.ledger(run.runId())).isCleaned();
    }

    private Plan plan(Run run) {
        CheckInput check = run.input().check();
        return check == null ? firstPlan.apply(run) : CheckRounds.first(run, check);
    }

    private Run begin(String executionId, TuningInput tuning, boolean again, Patience patience) {
        FunctionReference reference = FunctionReference.parse(tuning.function()).orElseThrow();
        Subject subject = new Inspection(control, reference, tuning, rules, patience)
                .inspect((int) limits.synchronousMax().toSeconds());
        int concurrency = ConcurrencyBound.of(
                tuning.concurrency(), subject.reservedConcurrency(), subject.unreservedConcurrency());
        Instant now = clock.instant();
        Run run = new Run(
                RunIds.of(executionId),
                executionId,
                reference.unqualified(),
                subject.latest(),
                subject.highestVersion(),
                subject.promoteAlias(),
                asked(tuning, subject, patience).withPayloads(List.of()),
                concurrency,
                now,
                now.plus(limits.leaseTime()),
                subject.notes());
        // It refuses what cannot be planned, before anything is written.
        requireNonNull(plan(run), "plan");
        if (again) {
            store.revise(run);
        } else {
            store.create(run);
        }
        return run;
    }

    private TuningInput asked(TuningInput tuning, Subject subject, Patience patience) {
        TuningInput asked =
                subject.asynchronous() ? tuning.withTerms(tuning.terms().asynchronously()) : tuning;
        CheckInput check = asked.check();
        if (check == null) {
            return asked;
        }
        String function =
                FunctionReference.parse(asked.function()).orElseThrow().unqualified();
        return asked.withCheck(new Contenders(control, function, patience).find(check, subject.latest()));
    }

    private void takeLease(Run run, Patience patience) {
        Journal journal = Journal.of(store, clock, run, FIRST_TOKEN);
        try {
            new LeaseAlias(control, run.function(), journal)
                    .take(Lease.of(run), run.before().memoryMB(), patience);
        } catch (Busy e) {
            journal.append(LedgerEntry.of(Kind.CLEANED));
            throw e;
        }
    }
}
