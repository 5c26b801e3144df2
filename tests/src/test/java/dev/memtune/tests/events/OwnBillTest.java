// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.local.machine.ExecutionResult;
import dev.memtune.local.machine.MachineEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a result says of the steps and of the state machine, against what the state machine did. */
class OwnBillTest {
    private static final int STEPS = 7;
    /** Of two sizes that nobody has to wait for: each step once, Execute twice. */
    private static final int TASKS = 8;

    private final StackInMemory stack = new StackInMemory();
    private final AtomicLong transitions = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();

    private void count(MachineEvent event) {
        switch (event) {
            case MachineEvent.StateEntered entered -> transitions.incrementAndGet();
            case MachineEvent.RetryScheduled scheduled -> transitions.incrementAndGet();
            case MachineEvent.TaskStarted started -> calls.incrementAndGet();
            case MachineEvent.StateExited exited -> {}
            case MachineEvent.ExecutionStarted started -> {}
            case MachineEvent.ErrorCaught caught -> {}
            case MachineEvent.ExecutionEnded ended -> {}
        }
    }

    private TuningResult tune(String input) throws IOException, InterruptedException {
        return Json.read(output(input), TuningResult.class);
    }

    private String output(String input) throws IOException, InterruptedException {
        ExecutionResult end =
                stack.machine("memtune", this::count).start("billed", input).await();
        if (end instanceof ExecutionResult.Succeeded succeeded) {
            return succeeded.output();
        }
        throw new AssertionError("the execution must succeed, got: " + end);
    }

    private static TuningCost cost(TuningResult result) {
        return Objects.requireNonNull(result.costs(), "costs").tuning();
    }

    @Test
    void everyCallOfEveryStepAndEveryTransitionIsInTheBill() throws IOException, InterruptedException {
        TuningResult result = tune("""
                {"lambdaARN": "my-function", "powerValues": [128, 512, 1024], "num": 10, "payload": {},
                 "autoOptimize": true, "autoOptimizeAlias": "prod"}""");
        TuningCost cost = cost(result);
        assertThat(cost.tunerCalls()).isEqualTo(calls.get());
        assertThat(cost.transitionCount()).isEqualTo(transitions.get());
        assertThat(cost.transitions())
                .isCloseTo(
                        StackInMemory.PRICE
                                .stateTransitions(transitions.get())
                                .amount()
                                .doubleValue(),
                        within(1e-12));
        assertThat(result.stateMachine().executionCost()).isEqualTo(cost.transitions());
        double atLeast = GbSeconds.of(STEPS * StackInMemory.COLD_START.toMillis(), StackInMemory.STEP_MEMORY_MB)
                .value()
                .doubleValue();
        assertThat(cost.tunerGbSeconds()).as("one cold start of each step").isGreaterThan(atLeast);
        double tuner = StackInMemory.PRICE
                .compute(new GbSeconds(BigDecimal.valueOf(cost.tunerGbSeconds())))
                .plus(StackInMemory.PRICE.requests(cost.tunerCalls()))
                .amount()
                .doubleValue();
        assertThat(cost.tuner()).isCloseTo(tuner, within(1e-12));
        assertThat(cost.total())
                .isCloseTo(cost.target() + cost.snapStart() + tuner + cost.transitions(), within(1e-12));
    }

    @Test
    void roundsOfASearchAreInTheBill() throws IOException, InterruptedException {
        TuningResult result = tune("""
                {"lambdaARN": "my-function", "payload": {}}""");
        assertThat(result.search().rounds()).isGreaterThan(1);
        assertThat(cost(result).tunerCalls()).isEqualTo(calls.get());
        assertThat(cost(result).transitionCount()).isEqualTo(transitions.get());
    }

    @Test
    void aCheckHasABillAsATuningHas() throws IOException, InterruptedException {
        String version =
                stack.lambda.publishVersion("my-function", null, null, "").version();
        stack.lambda.createAlias("my-function", "prod", version, "");
        CheckResult result = Json.read(output("""
                {"lambdaARN": "my-function", "payload": {}, "num": 16,
                 "check": {"baseline": "prod", "undecided": "pass"}}"""), CheckResult.class);
        TuningCost cost = Objects.requireNonNull(result.cost(), "cost");
        assertThat(cost.tunerCalls()).isEqualTo(calls.get());
        assertThat(cost.transitionCount()).isEqualTo(transitions.get());
        assertThat(cost.target())
                .isCloseTo(result.spend().cost(), within(1e-12))
                .isPositive();
        assertThat(cost.total())
                .isCloseTo(cost.target() + cost.snapStart() + cost.tuner() + cost.transitions(), within(1e-12));
    }

    @Test
    void aCallThatTheStateMachineRepeatsIsBilledAgain() throws IOException, InterruptedException {
        stack.loseNextAnswer("PromoterFunction");
        TuningResult result = tune("""
                {"lambdaARN": "my-function", "powerValues": [128, 512], "num": 5, "payload": {}}""");
        assertThat(calls.get()).isEqualTo(TASKS + 1);
        assertThat(cost(result).tunerCalls()).isEqualTo(calls.get());
        assertThat(cost(result).transitionCount()).isEqualTo(transitions.get());
    }
}
