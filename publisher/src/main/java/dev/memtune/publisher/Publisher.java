// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.change.VersionWindow;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.FoundSamples;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The step Publish, a reconciler: looks at what the ledger says is there already and makes the rest. Versions come first, in
 * one window in which {@code $LATEST} bears trial sizes; aliases only after it is closed.
 */
public final class Publisher {
    private static final int WAIT_MAX_SECONDS = 5;
    private static final int RESTORE_SHARE = 3;

    private final FunctionControl control;
    private final RunStore store;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Duration stepTime;
    private final ReportSource history;

    /** @param stepTime the step's own time, less than the task's time-out; a third of it is kept for restoring */
    public Publisher(FunctionControl control, RunStore store, InstantSource clock, Sleeper sleeper, Duration stepTime) {
        this(control, store, clock, sleeper, stepTime, ReportSource.NONE);
    }

    private Publisher(
            FunctionControl control,
            RunStore store,
            InstantSource clock,
            Sleeper sleeper,
            Duration stepTime,
            ReportSource history) {
        this.control = control;
        this.store = store;
        this.clock = clock;
        this.sleeper = sleeper;
        this.stepTime = stepTime;
        this.history = history;
    }

    /**
     * The same step, with the functions' own logs to look at where the input allows it: what versions that are published
     * already were measured at by those who use them.
     */
    public Publisher lookingAt(ReportSource logs) {
        return new Publisher(control, store, clock, sleeper, stepTime, logs);
    }

    /**
     * Makes the plan's arms measurable, as many as the time allows.
     *
     * @return the plan with versions and aliases filled in, without arms that cannot work; pending if it must be called again
     * @throws Conflicted if somebody else changed the function meanwhile; their change stands
     * @throws dev.memtune.core.run.StaleToken if Clean has begun
     */
    public Plan publish(PublisherInput input) {
        Run run = store.find(input.run().runId())
                .orElseThrow(() -> new Conflicted("there is no record of run "
                        + input.run().runId() + "; it was removed while the run was going on, start again"));
        Journal journal = Journal.of(store, clock, run, input.run().token());
        Patience patience = Patience.of(clock, sleeper, stepTime);
        lookBack(run, patience);
        List<Arm> arms =
                input.plan().allocations().stream().map(Allocation::arm).toList();
        adoptVersions(arms, journal);
        VersionWindow window = new VersionWindow(control, store, run, journal, true);
        boolean complete = window.publish(arms, patience.shortenedBy(stepTime.dividedBy(RESTORE_SHARE)), patience);
        ArmAliases aliases = new ArmAliases(control, run, journal, window.answers());
        boolean ready = complete && makeReady(aliases, run, arms, patience);
        return planned(input.plan(), aliases, run, !ready);
    }

    /** Once: what is found does not change with the rounds. */
    private void lookBack(Run run, Patience patience) {
        if (run.input().limits().useLogs()
                && store.document(run.runId(), FoundSamples.DOCUMENT).isEmpty()) {
            FoundSamples found = new FoundReports(control, history).of(run, patience);
            store.putDocument(run.runId(), FoundSamples.DOCUMENT, Json.write(found));
        }
    }

    /** Arms of a check may be versions that exist: they get an alias of ours, and stay somebody else's. */
    private static void adoptVersions(List<Arm> arms, Journal journal) {
        for (Arm arm : arms) {
            String version = arm.version();
            if (version != null && journal.ledger().published(arm.id()).isEmpty()) {
                journal.append(LedgerEntry.version(LedgerEntry.Kind.PUBLISHED, arm, version, null));
            }
        }
    }

    private boolean makeReady(ArmAliases aliases, Run run, List<Arm> arms, Patience patience) {
        try {
            arms.forEach(arm -> aliases.create(arm, patience));
            return areReady(aliases, run, arms, patience);
        } catch (OutOfTime e) {
            return false;
        }
    }

    /** Looks at the last version first: while that one is not ready there is no need to ask for the others. */
    private boolean areReady(ArmAliases aliases, Run run, List<Arm> arms, Patience patience) {
        for (Arm arm : arms.reversed()) {
            FunctionConfiguration version = aliases.state(arm, patience).orElse(null);
            if (version != null && version.state().equals("Pending")) {
                return false;
            }
            if (version != null && version.state().equals("Failed")) {
                String message = "version " + version.version() + " did not start: " + version.lastUpdateReason();
                store.putInfeasible(
                        run.runId(),
                        new Infeasible(arm.id(), arm.memoryMB(), Infeasible.Reason.FUNCTION_ERROR, message));
            }
        }
        return true;
    }

    private Plan planned(Plan plan, ArmAliases aliases, Run run, boolean pending) {
        Set<String> infeasible =
                store.infeasible(run.runId()).stream().map(Infeasible::armId).collect(Collectors.toSet());
        List<Allocation> allocations = plan.allocations().stream()
                .filter(allocation -> !infeasible.contains(allocation.arm().id()))
                .map(allocation -> allocation.withArm(aliases.asPublished(allocation.arm())))
                .toList();
        int wait = pending ? Math.min(WAIT_MAX_SECONDS, plan.waitSeconds() + 1) : plan.waitSeconds();
        return new Plan(plan.round(), allocations, plan.maxConcurrency(), pending, wait);
    }
}
