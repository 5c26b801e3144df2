// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.aws.StepMeter;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Busy;
import dev.memtune.core.failure.Cancelled;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.failure.Full;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.failure.Queued;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.SampleRuns;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.Step;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.CostBasis;
import dev.memtune.core.wire.CostReport;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecorderTest {
    private static final String RUN = "run1";
    private static final String EXECUTION = "arn:aws:states:eu-central-1:123456789012:execution:memtune:one";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryRunStore store = new InMemoryRunStore();
    private final Recorder recorder = new Recorder(store, clock);
    private final ObjectNode state = Json.mapper().createObjectNode();

    private void begin() {
        store.create(TuningRuns.run(RUN, List.of(512), 5));
        state.set("run", Json.mapper().valueToTree(new RunRef(RUN, "work", 1)));
    }

    private void change() {
        store.append(RUN, 1, SampleRuns.entry(Kind.MEMORY_INTENT, 512));
    }

    private void clean() {
        store.append(RUN, 1, SampleRuns.entry(Kind.CLEANED, 512));
    }

    private void decide() {
        decide(Results.tuning(RUN));
    }

    private void decide(TuningResult result) {
        store.putDocument(RUN, TuningResult.DOCUMENT, Json.write(result));
        state.putObject("decision").put("promote", true);
    }

    private void promote(Promotion.Status status) {
        Promotion promotion = new Promotion(status, "prod", "3", "7", 1024, 512, "it was asked for");
        state.set("promotion", Json.mapper().valueToTree(promotion));
    }

    private void fail(String member, String error, String cause) {
        state.putObject(member).put("Error", error).put("Cause", cause);
    }

    private static String document(Throwable failure) {
        return Json.write(Map.of(
                "errorMessage",
                String.valueOf(failure.getMessage()),
                "errorType",
                failure.getClass().getName()));
    }

    private RecorderOutput failedWith(RuntimeException failure) {
        fail("failure", failure.getClass().getName(), document(failure));
        return recorder.record(new RecorderInput(EXECUTION, state));
    }

    private RecorderOutput end() {
        return recorder.record(new RecorderInput(EXECUTION, state));
    }

    private OutcomeDocument written() {
        return Json.read(store.document(RUN, OutcomeDocument.NAME).orElseThrow(), OutcomeDocument.class);
    }

    @Test
    void aDryRunIsASuccessWithNothingToReturn() {
        store.create(TuningRuns.run(RUN, "{\"lambdaARN\":\"work\",\"dryRun\":true}"));
        state.set("run", Json.mapper().valueToTree(new RunRef(RUN, "work", 1)));
        promote(Promotion.Status.KEPT);
        clean();
        RecorderOutput output = end();
        assertThat(output.success()).isTrue();
        assertThat(output.outcome()).isEqualTo(Outcome.KEPT);
        // The state machine's last state takes this member; without it the execution would fail.
        assertThat(Json.write(output)).contains("\"output\":null");
    }

    @Test
    void aPromotionIsASuccessWithItsResult() {
        begin();
        change();
        decide();
        promote(Promotion.Status.PROMOTED);
        clean();
        RecorderOutput output = end();
        assertThat(output.success()).isTrue();
        assertThat(output.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(output.output()).isNotNull();
        assertThat(requireNonNull(requireNonNull(output.output()).promotion()).toVersion())
                .isEqualTo("7");
        assertThat(requireNonNull(output.output()).finishedAt()).isEqualTo(VirtualClock.START);
        assertThat(Json.read(store.document(RUN, "result").orElseThrow(), TuningResult.class))
                .isEqualTo(output.output());
        assertThat(written().exitCode()).isZero();
    }

    @Test
    void aResultThatChangesNothingIsKept() {
        begin();
        decide();
        promote(Promotion.Status.SKIPPED);
        assertThat(end().outcome()).isEqualTo(Outcome.KEPT);
    }

    @Test
    void thereIsNoSuccessWithoutAResult() {
        begin();
        promote(Promotion.Status.PROMOTED);
        RecorderOutput output = end();
        assertThat(output.success()).isFalse();
        assertThat(output.error()).isEqualTo("NoResult");
        assertThat(output.outcome()).isEqualTo(Outcome.UNEXPECTED);
    }

    @Test
    void thereIsNoSuccessWithoutAPromotionStep() {
        begin();
        decide();
        assertThat(end().success()).isFalse();
    }

    @Test
    void namesEveryForeseenFailure() {
        assertThat(failedWith(new NotTunable("durable functions cannot be tuned"))
                        .error())
                .isEqualTo("NotTunable");
        assertThat(failedWith(new Busy("held by run x")).exitCode()).isEqualTo(5);
        assertThat(failedWith(new Queued("held by run x")).exitCode()).isEqualTo(5);
        assertThat(failedWith(new Full("10 run")).error()).isEqualTo("Full");
        assertThat(failedWith(new Rejected("works nowhere")).exitCode()).isEqualTo(3);
        assertThat(failedWith(new Conflicted("changed")).exitCode()).isEqualTo(6);
        assertThat(failedWith(new Cancelled("asked to stop")).exitCode()).isEqualTo(130);
        assertThat(failedWith(new IllegalStateException("a defect")).exitCode()).isEqualTo(1);
        RecorderOutput denied = failedWith(new LambdaFault.Denied("not authorized", null));
        assertThat(denied.error()).isEqualTo("Denied");
        assertThat(denied.exitCode()).isEqualTo(6);
    }

    @Test
    void badInputIsToldInItsOwnWordsWithoutARun() {
        fail("failure", BadInput.class.getName(), "{\"errorMessage\":\"num: must be at least 1, got: 0. Give 1\"}");
        RecorderOutput output = end();
        assertThat(output.error()).isEqualTo("BadInput");
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.cause())
                .startsWith("num: must be at least 1, got: 0. Give 1")
                .contains("Initialize");
    }

    @Test
    void aFailureSaysWhatWasMeasuredUntilThen() {
        begin();
        change();
        clean();
        store.putSamples(RUN, List.of(TuningRuns.warm(512, 0, 10), TuningRuns.warm(512, 1, 10)));
        store.putInfeasible(RUN, new Infeasible("m128", 128, Infeasible.Reason.OUT_OF_MEMORY, "signal: killed"));
        fail("failure", "States.Timeout", "the state machine took too long");
        assertThat(end().cause())
                .contains("the state machine took too long", "m512: 2 measured", "128 MB cannot work: signal: killed")
                .contains("Run run1.");
        assertThat(written().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aFailedCleaningNamesTheCommandThatRepairsIt() {
        begin();
        change();
        decide();
        promote(Promotion.Status.PROMOTED);
        fail("cleanFailure", "States.TaskFailed", "throttled for too long");
        RecorderOutput output = end();
        assertThat(output.outcome()).isEqualTo(Outcome.DIRTY);
        assertThat(output.error()).isEqualTo("Dirty");
        assertThat(output.cause()).contains("throttled for too long", "memtune clean work");
    }

    @Test
    void whatCleanLeftIsDirtyEvenIfItEnded() {
        begin();
        state.remove("run");
        state.put("runId", RUN)
                .put("function", "work")
                .put("clean", false)
                .putArray("dirty")
                .add("version 7 is left");
        RecorderOutput output = end();
        assertThat(output.outcome()).isEqualTo(Outcome.DIRTY);
        assertThat(output.cause()).contains("version 7 is left", "memtune clean work");
    }

    @Test
    void aCleaningThatFailedWithNothingToCleanIsNotDirty() {
        fail("failure", Busy.class.getName(), "{\"errorMessage\":\"held\"}");
        fail("cleanFailure", "States.TaskFailed", "no such run");
        assertThat(end().outcome()).isEqualTo(Outcome.BUSY);
    }

    private static final CostReport COSTS = new CostReport(
            new CostBasis(null, null, null, 512, false, 0),
            List.of(),
            null,
            TuningCost.ofTarget(0.002, 0.001, 0.003, false));

    private void use(String document, StepUsage usage) {
        store.putDocument(RUN, document, Json.write(usage));
    }

    private void useEveryStep() {
        store.append(RUN, 1, SampleRuns.entry(Kind.PUBLISHED, 512));
        use(StepUsage.document(Step.INITIALIZE), new StepUsage(1, 0, 0, 1024 * 2_000, 1));
        use(StepUsage.document(Step.PUBLISH), new StepUsage(3, 1, 1, 1024 * 10_000, 4));
        use(StepUsage.document("m512"), new StepUsage(2, 0, 1, 1024 * 20_000, 0));
        use(StepUsage.document(Step.ANALYZE), new StepUsage(1, 0, 0, 1024 * 1_000, 0));
        use(StepUsage.document(Step.PROMOTE), new StepUsage(1, 0, 0, 1024 * 3_000, 0));
        use(StepUsage.document(Step.CLEAN), new StepUsage(1, 0, 0, 1024 * 4_000, 0));
    }

    private static TuningCost cost(RecorderOutput output) {
        TuningResult result = (TuningResult) requireNonNull(output.output());
        assertThat(result.stateMachine().executionCost())
                .isEqualTo(requireNonNull(result.costs()).tuning().transitions());
        return requireNonNull(result.costs()).tuning();
    }

    @Test
    void addsWhatOurOwnStepsCostHoweverOftenItIsCalled() {
        begin();
        decide(Results.tuning(RUN, COSTS));
        promote(Promotion.Status.PROMOTED);
        useEveryStep();
        clean();
        Price price = PriceTableReader.bundled().price("eu-central-1", Architecture.ARM64);
        Recorder billed = recorder.billedAt(price);
        StepUsage present = new StepUsage(1, 0, 0, 1024 * 500, 0);
        billed.record(new RecorderInput(EXECUTION, state), present);
        TuningCost cost = cost(billed.record(new RecorderInput(EXECUTION, state), present));
        assertThat(cost.tunerCalls()).isEqualTo(10);
        assertThat(cost.tunerGbSeconds()).isEqualTo(40.5);
        // 10 calls; IsPublished twice, a wait for versions; Measure; IsExecuted, and Executed or a wait, twice;
        // IsDecided;
        // IsSuccess, Succeeded.
        assertThat(cost.transitionCount()).isEqualTo(10 + 3 + 1 + 4 + 1 + 2);
        assertThat(cost.tuner()).isCloseTo(40.5 * 0.0000133334 + 10 * 2e-7, within(1e-12));
        assertThat(cost.transitions()).isCloseTo(21 * 0.000025, within(1e-12));
        assertThat(cost.total()).isCloseTo(0.003 + cost.tuner() + cost.transitions(), within(1e-12));
        assertThat(cost.throttledCalls()).isEqualTo(5);
    }

    @Test
    void stepsOnALaptopCostNothingAndStillTellOfThrottles() {
        begin();
        decide(Results.tuning(RUN, COSTS));
        promote(Promotion.Status.PROMOTED);
        useEveryStep();
        clean();
        TuningCost cost = cost(end());
        assertThat(cost).isEqualTo(new TuningCost(0.002, 0, 0, 0.001, 0.003, false, 0, 0, 0, 5));
    }

    @Test
    void staysWithinTheBoundsOfAFailState() {
        begin();
        fail("failure", "x.".repeat(300) + "y".repeat(500), "z".repeat(100_000));
        RecorderOutput output = end();
        assertThat(output.error()).hasSizeLessThanOrEqualTo(256);
        assertThat(output.cause()).hasSizeLessThanOrEqualTo(32_768);
    }

    @Test
    void theHandlerWritesWhatTheStateMachineReads() throws IOException {
        begin();
        fail("failure", "States.Timeout", "too long");
        String event = Json.write(new RecorderInput(EXECUTION, state));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        new RecorderHandler(recorder, StepMeter.none())
                .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, (Context)
                        Proxy.newProxyInstance(
                                Context.class.getClassLoader(),
                                new Class<?>[] {Context.class},
                                (self, method, arguments) -> {
                                    throw new UnsupportedOperationException(method.getName());
                                }));
        assertThat(Json.tree(output.toByteArray()).path("success").isBoolean()).isTrue();
        assertThat(Json.tree(output.toByteArray()).path("error").textValue()).isEqualTo("Timeout");
    }
}
