// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.data.StateFailure;
import dev.memtune.local.machine.definition.StateMachine;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An execution that is under way or over. Safe for use by many threads. */
public final class Execution {
    private final StateMachine machine;
    private final Run run;
    private final String name;
    private final Scope scope = Scope.root();
    private final AtomicReference<@Nullable ExecutionResult> verdict = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    Execution(StateMachine machine, Run run, String name) {
        this.machine = machine;
        this.run = run;
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** How many events Step Functions would have in its history by now. */
    public int historyEvents() {
        return run.history().events();
    }

    /**
     * Stops it as StopExecution does: running handlers are interrupted, no further state is entered, nothing is caught.
     * Does nothing if it is over, or stopped already. Returns at once; {@link #await()} waits for the handlers' end.
     */
    public void abort(@Nullable String error, @Nullable String cause) {
        stop(new ExecutionResult.Aborted(error, cause));
    }

    /** The result; empty while it runs. */
    public Optional<ExecutionResult> result() {
        return ended.getCount() == 0 ? Optional.ofNullable(verdict.get()) : Optional.empty();
    }

    /**
     * Waits for its end. Nothing of it runs any more then.
     *
     * @throws InterruptedException if the calling thread is interrupted, which does not stop the execution
     */
    public ExecutionResult await() throws InterruptedException {
        ended.await();
        return Objects.requireNonNull(verdict.get(), "verdict");
    }

    private void stop(ExecutionResult result) {
        if (verdict.compareAndSet(null, result)) {
            scope.cancel();
        }
    }

    /** Runs it in the calling thread, which must be its own. */
    void run(JsonNode input) {
        Duration timeout = machine.timeout();
        Timer.Alarm alarm = timeout == null
                ? () -> {}
                : run.settings().timer().alarm(timeout, () -> stop(new ExecutionResult.TimedOut()));
        try {
            verdict.compareAndSet(null, interpreted(input));
        } catch (Cancelled e) {
            // The verdict that cancelled it stands.
            Objects.requireNonNull(verdict.get(), "verdict");
        } finally {
            alarm.cancel();
            scope.leave();
            end();
        }
    }

    private void end() {
        try {
            ExecutionResult result = Objects.requireNonNull(verdict.get(), "verdict");
            run.history().tell(new MachineEvent.ExecutionEnded(run.now(), result));
        } finally {
            ended.countDown();
        }
    }

    private ExecutionResult interpreted(JsonNode input) {
        try {
            scope.join();
            run.history().count(1);
            run.history().tell(new MachineEvent.ExecutionStarted(run.now(), name, input));
            JsonNode output = new Interpreter(run).run(machine.flow(), input, new Branch(scope, "", null));
            run.history().count(1);
            return new ExecutionResult.Succeeded(Json.text(output));
        } catch (StateFailure e) {
            return new ExecutionResult.Failed(e.error(), e.causeText());
        } catch (Cancelled e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return new ExecutionResult.Failed(StateFailure.RUNTIME, "The interpreter failed: " + ErrorDocument.of(e));
        }
    }
}
