// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Json;
import dev.memtune.local.machine.ExecutionResult;
import dev.memtune.local.machine.MachineListener;
import dev.memtune.recorder.OutcomeDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file of {@code events/} is what its name says, and does what it is there for. */
class EventsTest {
    /** The example execution, step by step: as for {@code sam local invoke FUNCTION -e events/step-….json}. */
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    private static final String EXAMPLE = "arn:aws:states:us-east-1:123456789012:execution:memtune:example";

    static {
        STEPS.put("step-initialize", "InitializerFunction");
        STEPS.put("step-publish", "PublisherFunction");
        STEPS.put("step-execute", "ExecutorFunction");
        STEPS.put("step-analyze", "AnalyzerFunction");
        STEPS.put("step-promote", "PromoterFunction");
        STEPS.put("step-clean", "CleanerFunction");
        STEPS.put("step-record", "RecorderFunction");
    }

    private final StackInMemory stack = new StackInMemory();

    @Test
    void theStepsOfTheExampleFollowEachOther() throws IOException {
        byte[] last = {};
        for (Map.Entry<String, String> step : STEPS.entrySet()) {
            last = stack.call(step.getValue(), StackInMemory.event(step.getKey()));
        }
        JsonNode recorded = Json.tree(last);
        assertThat(recorded.path("success").asBoolean()).isTrue();
        assertThat(recorded.path("outcome").asText()).isEqualTo(Outcome.PROMOTED.name());
        assertThat(stack.lambda.function("my-function").aliases()).containsOnlyKeys("prod");
        assertThat(stack.lambda.function("my-function").latest().memoryMB()).isEqualTo(512);
    }

    /** What these do to real processes, the tests of the deployed stack say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tune-cost",
                "tune-speed",
                "tune-one-size-fails",
                "tune-every-size-fails",
                "tune-slow",
                "tune-in-turn",
                "power-tuning-readme"
            })
    void aTuningSucceedsOnAFunctionThatWorks(String name) throws IOException, InterruptedException {
        ObjectNode input = (ObjectNode) Json.tree(StackInMemory.event(name));
        ExecutionResult result = stack.machine("memtune", MachineListener.NONE)
                .start("example", Json.write(input))
                .await();
        assertThat(result).isInstanceOf(ExecutionResult.Succeeded.class);
    }

    @Test
    void aTuningThatWaitsItsTurnComesBackUntilTheFunctionIsFree() throws IOException, InterruptedException {
        hold("another");
        AtomicInteger looks = new AtomicInteger();
        stack.lambda.hook(CallHook.before(call -> {
            if (call.action().equals("GetAlias") && looks.incrementAndGet() == 4) {
                stack.lambda.function("my-function").deleteAlias(Lease.ALIAS);
            }
        }));
        assertThat(start("in-turn")).isInstanceOf(ExecutionResult.Succeeded.class);
        assertThat(looks.get()).isGreaterThanOrEqualTo(4);
        assertThat(stack.slots.inside()).isEmpty();
    }

    @Test
    void aTuningThatFindsNoSlotWaitsForOne() throws IOException, InterruptedException {
        stack.slots.enter("another", stack.clock.instant().plusSeconds(3_600));
        ExecutionResult result = start("full");
        assertThat(result).isInstanceOfSatisfying(ExecutionResult.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo("Full");
            assertThat(failed.cause()).contains("MaxRunningTunings");
        });
        stack.slots.leave("another");
        assertThat(start("room")).isInstanceOf(ExecutionResult.Succeeded.class);
        assertThat(stack.slots.inside()).isEmpty();
    }

    @Test
    void aTuningThatHasWaitedAsLongAsItMaySaysForWhom() throws IOException, InterruptedException {
        hold("another");
        assertThat(start("patient")).isInstanceOfSatisfying(ExecutionResult.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo("Queued");
            assertThat(failed.cause()).contains("run another holds");
        });
    }

    private void hold(String holder) {
        Lease lease = new Lease(holder, 1, stack.clock.instant().plusSeconds(3_600), 512);
        stack.lambda.function("my-function").putAlias(Lease.ALIAS, "$LATEST", lease.description(), Map.of());
    }

    private ExecutionResult start(String name) throws IOException, InterruptedException {
        String input = new String(StackInMemory.event("tune-in-turn"), StandardCharsets.UTF_8);
        return stack.machine("memtune", MachineListener.NONE).start(name, input).await();
    }

    @ParameterizedTest
    @CsvSource({"recovery-aborted, INTERRUPTED", "recovery-timed-out, FAILED", "recovery-failed, FAILED"})
    void recoveryCleansUpAfterAnExecutionThatEndedInTheMiddle(String name, Outcome outcome)
            throws IOException, InterruptedException {
        stack.call("InitializerFunction", StackInMemory.event("step-initialize"));
        stack.call("PublisherFunction", StackInMemory.event("step-publish"));
        assertThat(stack.lambda.function("my-function").aliases()).isNotEmpty();

        assertThat(recover(name)).isInstanceOf(ExecutionResult.Succeeded.class);
        assertThat(stack.lambda.function("my-function").aliases()).isEmpty();
        assertThat(stack.lambda.function("my-function").versions()).hasSize(1);
        assertThat(stack.store.unfinished()).isEmpty();
        assertThat(outcome()).isEqualTo(outcome);
    }

    @Test
    void recoveryLeavesWhatAnExecutionHasRecordedItself() throws IOException, InterruptedException {
        for (Map.Entry<String, String> step : STEPS.entrySet()) {
            stack.call(step.getValue(), StackInMemory.event(step.getKey()));
        }
        int calls = stack.lambda.calls().size();
        assertThat(recover("recovery-failed")).isInstanceOf(ExecutionResult.Succeeded.class);
        assertThat(outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(stack.lambda.calls()).hasSize(calls);
    }

    @Test
    void everyFileIsExecutedByATest() throws IOException {
        // The sweep's two are executed by the tests of the cleaner, those of uploads by UploadEventsTest.
        Set<String> executed = new TreeSet<>(STEPS.keySet());
        executed.addAll(List.of(
                "tune-cost",
                "tune-speed",
                "tune-one-size-fails",
                "tune-every-size-fails",
                "tune-slow",
                "tune-in-turn",
                "power-tuning-readme",
                "recovery-aborted",
                "recovery-timed-out",
                "recovery-failed",
                "sweep",
                "stack-deleted",
                "upload-form",
                "upload-notice",
                "upload-ready"));
        try (Stream<Path> files = Files.list(StackInMemory.ROOT.resolve("events"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(executed);
        }
    }

    private ExecutionResult recover(String name) throws IOException, InterruptedException {
        String event = new String(StackInMemory.event(name), StandardCharsets.UTF_8);
        return stack.machine("recovery", MachineListener.NONE)
                .start("recovery", event)
                .await();
    }

    private Outcome outcome() {
        String document =
                stack.store.document(RunIds.of(EXAMPLE), OutcomeDocument.NAME).orElseThrow();
        return Json.read(document, OutcomeDocument.class).outcome();
    }
}
