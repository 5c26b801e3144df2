// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.fanout.FanOut;
import dev.memtune.core.fanout.Limits;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Buys the invocations of one arm.
 *
 * <p>Repeating a call is harmless: a position whose sample is stored is not bought again. A crash loses at most the calls
 * that were in flight. An invocation whose end nobody knows is stored as unanswered, because it may have been billed.
 */
public final class Executor {
    /** How many calls in a row may end without a sample for want of capacity: about half an hour of waiting. */
    public static final int MAX_IDLE_CALLS = 30;

    /** What an answer may take beyond the function's own time-out. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(30);

    private final RunStore store;
    private final FunctionInvoker invoker;
    private final ReportSource logs;
    private final FanOut fanOut;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Duration budget;

    /**
     * Creates the step.
     *
     * @param logs are asked for reports that the answers lack
     * @param sleeper waits between invocations where the input asks for it
     * @param budget how long to begin new invocations in one call, more than 0; on AWS what the step's own time-out leaves
     *     beside the function's
     */
    public Executor(
            RunStore store,
            FunctionInvoker invoker,
            ReportSource logs,
            FanOut fanOut,
            InstantSource clock,
            Sleeper sleeper,
            Duration budget) {
        this.store = Objects.requireNonNull(store, "store");
        this.invoker = Objects.requireNonNull(invoker, "invoker");
        this.logs = Objects.requireNonNull(logs, "logs");
        this.fanOut = Objects.requireNonNull(fanOut, "fanOut");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
        this.budget = Objects.requireNonNull(budget, "budget");
        if (!budget.isPositive()) {
            throw new IllegalArgumentException("budget must be more than 0, got: " + budget);
        }
    }

    /**
     * Buys what is still missing of the allocation, as far as time and capacity allow.
     *
     * @throws dev.memtune.core.failure.ProcessorFailed if a pre- or post-processor failed
     * @throws Conflicted if the alias keeps running something else than the arm
     * @throws LambdaFault if the endpoint refuses for good, has no capacity for too long, or stops answering
     * @throws InterruptedException if the thread was interrupted; what was in flight is stored as unanswered
     */
    public ExecutorOutput execute(ExecutorInput input) throws InterruptedException {
        String runId = input.run().runId();
        Run run = store.find(runId)
                .orElseThrow(() -> new IllegalStateException("run " + runId + " is not in the run store"));
        new ColdStartHistory(store, logs).estimate(run);
        Arm arm = input.allocation().arm();
        List<Sample> known = known(runId, arm);
        ArmHealth health = new ArmHealth(arm);
        known.forEach(health::accept);
        List<Integer> missing = missing(input.allocation(), known);
        Order order = new Order(run, input.run().token(), arm, input.round(), missing, payloads(runId));
        Instant stop = clock.instant().plus(budget);
        SampleReader reader = new SampleReader(
                arm, new Reports(logs, clock, run.before()), run.input().allowedErrors());
        EventCalls events = run.input().terms().asynchronous()
                ? new EventCalls(store, invoker, logs, clock, run, arm.id(), stop)
                : null;
        Pace pace = new Pace(clock, sleeper, stop, pause(run, input.allocation()));
        ArmMeasurement measurement = new ArmMeasurement(store, invoker, order, reader, health, pace, events);
        if (!isInfeasible(runId, arm)) {
            Instant deadline = stop.plusSeconds(run.before().timeoutSeconds())
                    .plusSeconds(new Processors(invoker, run.input().procedure()).timeoutSeconds())
                    .plus(ANSWER_TIME)
                    .plus(Reports.PATIENCE);
            buy(order, new Limits(input.allocation().parallelism(), deadline, false), measurement);
        }
        return conclude(input, health, measurement, pace);
    }

    /** As in AWS Lambda Power Tuning: invocations that overlap have no pause between them. */
    private static Duration pause(Run run, Allocation allocation) {
        return Duration.ofMillis(
                allocation.parallelism() > 1 ? 0 : run.input().procedure().sleepBetweenRunsMs());
    }

    private void buy(Order order, Limits limits, ArmMeasurement measurement) throws InterruptedException {
        try {
            fanOut.callAll(order.count(), limits, measurement);
        } finally {
            measurement.settle();
        }
        measurement.throwIfBroken();
    }

    private ExecutorOutput conclude(ExecutorInput input, ArmHealth health, ArmMeasurement measurement, Pace pace) {
        String runId = input.run().runId();
        Arm arm = input.allocation().arm();
        List<Sample> known = known(runId, arm);
        List<Integer> left = missing(input.allocation(), known);
        Optional<Infeasible> found = left.isEmpty() ? health.infeasibleAtEnd() : health.infeasible();
        found.ifPresent(infeasible -> store.putInfeasible(runId, infeasible));
        boolean isInfeasible = isInfeasible(runId, arm);
        if (!isInfeasible) {
            throwIfUnusable(arm, health, left.isEmpty());
        }
        double usedShare = measurement
                .noCapacity()
                .map(fault -> Shortages.of(store, runId).note(arm.id(), fault))
                .orElse(0.0);
        int idleCalls = idleCalls(input, measurement);
        boolean done = isInfeasible || left.isEmpty() || measurement.isCancelled();
        Tally tally = Tally.of(input.allocation(), known);
        return new ExecutorOutput(
                arm.id(),
                done,
                Math.max(pace.waitSeconds(), Capacity.waitSeconds(idleCalls, usedShare, measurement.noCapacity())),
                left.isEmpty() ? end(input.allocation()) : left.getFirst(),
                left.size(),
                tally.measured(),
                tally.failed(),
                tally.unparsed(),
                tally.discarded(),
                tally.unanswered(),
                tally.fromLogs(),
                idleCalls,
                isInfeasible,
                measurement.isCancelled());
    }

    private static void throwIfUnusable(Arm arm, ArmHealth health, boolean isEnd) {
        health.conflict(isEnd).ifPresent(what -> {
            throw new Conflicted("alias " + arm.alias() + " does not run what it was created for: " + what
                    + ". Somebody changed the alias while it was measured; tune again when that is over.");
        });
        if (health.isUnanswered()) {
            throw new LambdaFault.OutcomeUnknown(
                    "the last invocations of " + arm.alias() + " got no answer; the function may have run", null);
        }
    }

    private static int idleCalls(ExecutorInput input, ArmMeasurement measurement) {
        Optional<LambdaFault> noCapacity = measurement.noCapacity();
        if (noCapacity.isEmpty() || !measurement.samples().isEmpty()) {
            return 0;
        }
        ExecutorOutput before = input.progress();
        int idleCalls = (before == null ? 0 : before.idleCalls()) + 1;
        if (idleCalls > MAX_IDLE_CALLS) {
            throw noCapacity.get();
        }
        return idleCalls;
    }

    private List<Sample> known(String runId, Arm arm) {
        return store.samples(runId).stream()
                .filter(sample -> sample.armId().equals(arm.id()))
                .toList();
    }

    private static List<Integer> missing(Allocation allocation, List<Sample> known) {
        Set<Integer> bought = known.stream().map(Sample::index).collect(Collectors.toSet());
        return IntStream.range(allocation.firstIndex(), end(allocation))
                .filter(index -> !bought.contains(index))
                .boxed()
                .toList();
    }

    private static int end(Allocation allocation) {
        return allocation.firstIndex() + allocation.invocationCount();
    }

    private List<NamedPayload> payloads(String runId) {
        String json = store.document(runId, NamedPayload.DOCUMENT)
                .orElseThrow(() -> new IllegalStateException("run " + runId + " has no payloads in the run store"));
        return List.of(Json.read(json, NamedPayload[].class));
    }

    private boolean isInfeasible(String runId, Arm arm) {
        return store.infeasible(runId).stream().anyMatch(one -> one.armId().equals(arm.id()));
    }
}
