// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.port.Workload;
import dev.memtune.core.wire.Json;
import dev.memtune.local.machine.Execution;
import dev.memtune.local.machine.ExecutionResult;
import dev.memtune.local.machine.MachineEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest tuning that an input of AWS Lambda Power Tuning can ask for: 46 sizes, 1,000 invocations each. */
class StateSizesTest {
    private static final int MAX_STATE_BYTES = 64 * 1024;
    /** Of AWS, for what has more than the 46 sizes that AWS Lambda Power Tuning knows. */
    private static final int MAX_STATE_BYTES_ON_AWS = 256 * 1024;

    private static final int MAX_HISTORY_EVENTS = 20_000;

    private final AtomicInteger largestBytes = new AtomicInteger();

    private void measure(MachineEvent event) {
        switch (event) {
            case MachineEvent.StateEntered entered -> measure(entered.input());
            case MachineEvent.StateExited exited -> measure(exited.output());
            case MachineEvent.ExecutionStarted started -> {}
            case MachineEvent.TaskStarted started -> {}
            case MachineEvent.RetryScheduled scheduled -> {}
            case MachineEvent.ErrorCaught caught -> {}
            case MachineEvent.ExecutionEnded ended -> {}
        }
    }

    private void measure(JsonNode state) {
        largestBytes.accumulateAndGet(state.toString().getBytes(StandardCharsets.UTF_8).length, Math::max);
    }

    @Test
    void staySmallAtEverySizeAThousandTimes() throws IOException, InterruptedException {
        StackInMemory stack = new StackInMemory();
        String input = """
                {"lambdaARN": "arn:aws:lambda:us-east-1:000000000000:function:my-function",
                 "powerValues": "ALL", "num": 1000, "parallelInvocation": true, "payload": {}}""";
        Execution execution = stack.machine("memtune", this::measure).start("largest", input);
        ExecutionResult result = execution.await();
        assertThat(result).isInstanceOf(ExecutionResult.Succeeded.class);
        assertThat(stack.store.samples(runId(result))).hasSize(46_000);
        assertThat(largestBytes.get()).isBetween(1, MAX_STATE_BYTES);
        assertThat(execution.historyEvents()).isBetween(1, MAX_HISTORY_EVENTS);
    }

    /** More and more rounds, because nothing can be told apart: every invocation takes its own time. */
    @Test
    void aSearchThatSettlesNothingHasRoomInTheHistory() throws IOException, InterruptedException {
        StackInMemory stack = new StackInMemory();
        SplittableRandom random = new SplittableRandom(7);
        stack.lambda.workload((memoryMB, payload, number) -> {
            double busyMs = 400_000.0 / memoryMB * (0.5 + random.nextDouble());
            return number == 0
                    ? new Workload.Run(busyMs, 10.0, 60, null, new byte[] {'1'})
                    : Workload.Run.success(busyMs);
        });
        assertThat(history(stack, """
                {"lambdaARN": "my-function", "powerValues": "ALL", "policy": "rigorous", "payload": {}}""")).isBetween(1, MAX_HISTORY_EVENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[128, 256], \"num\": 500", "\"128..10240/512\", \"num\": 50", "\"128..3312/16\", \"num\": 5"})
    void aThousandColdStartsHaveRoomInTheHistory(String sizes) throws IOException, InterruptedException {
        StackInMemory stack = new StackInMemory();
        stack.lambda.workload((memoryMB, payload, number) -> new Workload.Run(50, 10.0, 60, null, new byte[] {'1'}));
        assertThat(history(stack, """
                {"lambdaARN": "my-function", "powerValues": %s, "onlyColdStarts": true, "payload": {}}""".formatted(sizes))).isBetween(1, MAX_HISTORY_EVENTS);
    }

    private int history(StackInMemory stack, String input) throws IOException, InterruptedException {
        Execution execution = stack.machine("memtune", this::measure).start("longest", input);
        assertThat(execution.await()).isInstanceOf(ExecutionResult.Succeeded.class);
        assertThat(largestBytes.get()).isBetween(1, MAX_STATE_BYTES_ON_AWS);
        return execution.historyEvents();
    }

    private static String runId(ExecutionResult result) {
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            return Json.tree(succeeded.output().getBytes(StandardCharsets.UTF_8))
                    .path("runId")
                    .asText();
        }
        throw new AssertionError("the execution must succeed, got: " + result);
    }
}
