// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.change.LeaseRenewal;
import dev.memtune.core.failure.TuningFailure;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Json;
import dev.memtune.local.machine.Execution;
import dev.memtune.local.machine.ExecutionResult;
import dev.memtune.local.machine.Runner;
import dev.memtune.local.machine.Settings;
import dev.memtune.local.machine.definition.StateMachine;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One tuning: an execution of the state machine in this process, with its lease kept alive, and with an end that leaves the
 * function as it was also when the execution is stopped.
 */
public final class Tuning {
    private static final String MACHINE = "memtune";
    private static final String EXECUTION_ARN = "arn:aws:states:us-east-1:000000000000:execution:" + MACHINE + ":";
    /** The names of failures that are the world's doing rather than a defect of ours. */
    private static final Set<String> FORESEEN = Stream.of(TuningFailure.class, LambdaFault.class)
            .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
            .map(Class::getSimpleName)
            .collect(Collectors.toUnmodifiableSet());

    private static final Duration RENEW_EVERY = Duration.ofMinutes(2);

    private final Steps steps;
    private final Ports ports;
    private final RunStore store;
    private final Execution execution;
    private final String executionId;
    private final CountDownLatch over = new CountDownLatch(1);

    private Tuning(Steps steps, Ports ports, Execution execution) {
        this.steps = steps;
        this.ports = ports;
        this.store = ports.store();
        this.execution = execution;
        this.executionId = executionId(execution.name());
    }

    /**
     * Starts a tuning.
     *
     * @param name the execution's name, used once
     * @param input as the deployed state machine takes it
     */
    public static Tuning start(Ports ports, String name, ObjectNode input, Progress progress) {
        Ports observed = ports.storing(new ObservedRunStore(ports.store(), progress::count));
        Steps steps = new Steps(observed);
        StateMachine machine = MachineFile.machine(Steps.substitutions());
        Runner runner = new Runner(machine, steps.handlers(), Settings.system(MACHINE, progress));
        return new Tuning(steps, observed, runner.start(name, Json.write(input)));
    }

    /** The run's id, by which its samples are found. */
    public String runId() {
        return RunIds.of(executionId);
    }

    /**
     * Waits for the end.
     *
     * @throws InterruptedException if the calling thread is interrupted; the tuning goes on
     */
    public TuningEnd await() throws InterruptedException {
        Thread renewal = Thread.ofVirtual().name("lease-renewal").start(this::keepLease);
        try {
            return ended(execution.await());
        } finally {
            renewal.interrupt();
            over.countDown();
        }
    }

    /**
     * Stops the tuning and cleans up. Returns when that is done, or when the time is over.
     *
     * @return how it ended; empty if the time did not suffice
     */
    public Optional<TuningEnd> interrupt(Duration time) throws InterruptedException {
        if (store.find(runId()).isPresent()) {
            store.requestCancel(runId());
        }
        execution.abort("Interrupted", "stopped by a person");
        return over.await(time.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(recorded(Outcome.INTERRUPTED, ""))
                : Optional.empty();
    }

    private TuningEnd ended(ExecutionResult result) {
        return switch (result) {
            case ExecutionResult.Succeeded succeeded -> recorded(Outcome.KEPT, "");
            case ExecutionResult.Failed failed -> recorded(outcome(failed), cause(failed));
            case ExecutionResult.TimedOut timedOut -> undone("States.Timeout", "the execution took too long");
            case ExecutionResult.Aborted aborted -> undone("Interrupted", "stopped by a person");
        };
    }

    /** For an execution that failed before it had a record: then its error's name is all that tells. */
    private static Outcome outcome(ExecutionResult.Failed failed) {
        return switch (failed.error()) {
            case "BadInput" -> Outcome.BAD_INPUT;
            case "Busy" -> Outcome.BUSY;
            case "Rejected" -> Outcome.REJECTED;
            case "Undecided" -> Outcome.UNDECIDED;
            case "Cancelled" -> Outcome.INTERRUPTED;
            default -> FORESEEN.contains(failed.error()) ? Outcome.FAILED : Outcome.UNEXPECTED;
        };
    }

    private static String cause(ExecutionResult.Failed failed) {
        String cause = failed.cause();
        return cause == null ? failed.error() : cause;
    }

    /** The id that an execution of this name has. */
    static String executionId(String name) {
        return EXECUTION_ARN + name;
    }

    /** What the rule for stopped executions does on AWS: Clean, then Record. */
    private TuningEnd undone(String error, String cause) {
        steps.finish(executionId, error, cause, false);
        return recorded(Outcome.INTERRUPTED, cause);
    }

    private TuningEnd recorded(Outcome fallback, String message) {
        return RecordedEnd.of(store, runId(), fallback, message);
    }

    /** Renews until it is interrupted; a lease that is lost is noticed by the steps themselves. */
    private void keepLease() {
        LeaseRenewal renewal = new LeaseRenewal(ports.control(), store, ports.clock(), ports.sleeper());
        try {
            while (over.getCount() > 0) {
                ports.sleeper().sleep(RENEW_EVERY);
                Optional<Run> run = store.find(runId());
                if (run.isPresent()) {
                    renewal.renew(run.get(), store.token(runId()), Steps.LEASE_TIME);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The steps check the lease before every change; they say what is wrong with it.
            execution.result();
        }
    }
}
