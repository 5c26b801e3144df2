// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import dev.memtune.local.machine.Execution;
import dev.memtune.local.machine.ExecutionResult;
import dev.memtune.local.machine.MachineEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The largest tuning that an input of AWS Lambda Power Tuning can ask for: 46 sizes, 1,000 invocations each. */
class StateSizesTest {
    private static final int MAX_STATE_BYTES = 64 * 1024;
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

    private static String runId(ExecutionResult result) {
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            return Json.tree(succeeded.output().getBytes(StandardCharsets.UTF_8))
                    .path("runId")
                    .asText();
        }
        throw new AssertionError("the execution must succeed, got: " + result);
    }
}
