// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.memtune.aws.StepMeter;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.failure.ProcessorFailed;
import dev.memtune.core.fanout.FanOut;
import dev.memtune.core.logs.LogReader;
import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.port.Workload;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.ColdStartEstimate;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.sample.Sample.Outcome;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import dev.memtune.core.wire.Pricing;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.Shortage;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TargetTerms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ExecutorTest {
    private static final String RUN = "run1";
    private static final RunRef REF = new RunRef(RUN, "work", 1);
    private static final int SIZE = 512;

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private InMemoryRunStore store = new InMemoryRunStore();
    private final Map<String, byte[]> tails = new ConcurrentHashMap<>();
    private ReportSource logs = ReportSource.NONE;
    private Arm arm = TuningRuns.arm(SIZE);

    @BeforeEach
    void publish() {
        ModelFunction function = lambda.add("work", SIZE);
        String version = function.publish(null, null, "ours").version();
        function.createAlias("memtune-512", version, "ours");
        arm = Arm.ofSize(SIZE).publishedAs(version, "memtune-512");
        Run run = TuningRuns.run(RUN, List.of(SIZE), 10);
        store.create(run);
        payloads(new NamedPayload("a", Json.tree("1".getBytes(StandardCharsets.UTF_8)), 1));
    }

    private void payloads(NamedPayload... payloads) {
        store.putDocument(RUN, "payloads", Json.write(List.of(payloads)));
    }

    private Executor executor() {
        return executor(lambda);
    }

    private Executor executor(FunctionInvoker invoker) {
        FanOut fanOut = new FanOut(Thread.ofVirtual().factory(), clock);
        return new Executor(store, invoker, logs, fanOut, clock, clock, Duration.ofMinutes(10));
    }

    private ExecutorInput input(int count, int parallelism) {
        return new ExecutorInput(REF, 1, new Allocation(arm, 0, count, parallelism), null);
    }

    private ExecutorOutput execute(int count) throws InterruptedException {
        return executor().execute(input(count, 1));
    }

    private long invocations() {
        return lambda.calls().stream()
                .filter(call -> call.action().equals("Invoke"))
                .count();
    }

    @Test
    void measuresEveryPositionOnce() throws InterruptedException {
        ExecutorOutput output = executor().execute(input(10, 4));
        assertThat(output.done()).isTrue();
        assertThat(output.measured()).isEqualTo(10);
        assertThat(output.remaining()).isZero();
        assertThat(store.samples(RUN)).extracting(Sample::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(store.samples(RUN)).filteredOn(Sample::isCold).hasSize(1);
    }

    @Test
    void buysNothingTwiceWhenRepeated() throws InterruptedException {
        execute(6);
        ExecutorOutput again = execute(10);
        assertThat(again.measured()).isEqualTo(10);
        assertThat(invocations()).isEqualTo(10);
    }

    /** Answers as the function would, but with a tail that the function's own output fills. */
    private FunctionInvoker withoutReports() {
        return request -> {
            FunctionInvoker.Response real = lambda.invoke(request);
            byte[] output = "x\n".repeat(2048).getBytes(StandardCharsets.UTF_8);
            tails.put(real.requestId(), real.logTail());
            return new FunctionInvoker.Response(
                    real.requestId(), real.functionError(), real.payload(), output, real.executedVersion());
        };
    }

    @Test
    void asksTheLogsForAReportThatTheTailLacks() throws InterruptedException {
        List<ReportSource.Question> questions = new CopyOnWriteArrayList<>();
        logs = question -> {
            questions.add(question);
            return LogTail.of(tails.getOrDefault(question.requestId(), new byte[0]))
                    .find(question.requestId(), SystemLogLevel.UNKNOWN);
        };

        ExecutorOutput output = executor(withoutReports()).execute(input(10, 4));

        assertThat(output.measured()).isEqualTo(10);
        assertThat(output.fromLogs()).isEqualTo(10);
        assertThat(store.samples(RUN)).allMatch(Sample::reportFromLogs);
        assertThat(questions).hasSize(10).allSatisfy(question -> {
            assertThat(question.logGroup()).isEqualTo("/aws/lambda/work");
            assertThat(question.since()).isBefore(clock.instant());
        });
    }

    @Test
    void takesAnInitWithinTheInvocationForAColdStart() throws InterruptedException {
        FunctionInvoker restarted = request -> {
            FunctionInvoker.Response real = lambda.invoke(request);
            String report = new String(real.logTail(), StandardCharsets.UTF_8).replaceFirst("Init Duration: .*", "");
            byte[] tail = ("INIT_REPORT Init Duration: 87.28 ms\tPhase: invoke\tStatus: timeout\n" + report)
                    .getBytes(StandardCharsets.UTF_8);
            return new FunctionInvoker.Response(
                    real.requestId(), real.functionError(), real.payload(), tail, real.executedVersion());
        };

        executor(restarted).execute(input(3, 1));

        assertThat(store.samples(RUN))
                .hasSize(3)
                .allMatch(sample -> sample.isCold() && sample.initRepeated() && sample.initMs() == null);
    }

    @Test
    void asksTheLogsForNothingThatTheTailHas() throws InterruptedException {
        logs = question -> {
            throw new AssertionError("the tail has it: " + question);
        };

        assertThat(executor().execute(input(5, 1)).fromLogs()).isZero();
    }

    @Test
    void stopsAskingLogsThatNeverAnswer() throws InterruptedException {
        AtomicInteger questions = new AtomicInteger();
        logs = question -> {
            questions.incrementAndGet();
            return ReportSource.NONE.find(question);
        };

        Reports reports =
                new Reports(logs, clock, TuningRuns.run(RUN, List.of(SIZE), 10).before());
        FunctionInvoker.Response response = new FunctionInvoker.Response("id", null, new byte[0], new byte[0], null);

        for (int i = 0; i < 10; i++) {
            assertThat(reports.find(response).fromLogs()).isFalse();
        }

        assertThat(questions).hasValue(3);
    }

    @Test
    void buysOnlyTheGapsAfterACrash() throws InterruptedException {
        store.putSamples(RUN, List.of(TuningRuns.warm(SIZE, 0, 5), TuningRuns.warm(SIZE, 3, 5)));
        assertThat(execute(5).done()).isTrue();
        assertThat(invocations()).isEqualTo(3);
    }

    @Test
    void givesEveryPositionItsPayload() throws InterruptedException {
        payloads(
                new NamedPayload("often", Json.tree("1.50".getBytes(StandardCharsets.UTF_8)), 3),
                new NamedPayload("seldom", Json.tree("\"ü\"".getBytes(StandardCharsets.UTF_8)), 1));
        execute(8);
        assertThat(store.samples(RUN))
                .extracting(Sample::payloadName)
                .containsExactly("often", "often", "seldom", "often", "often", "often", "seldom", "often");
    }

    @Test
    void handsBackWhatIsLeftWhenTimeRunsShort() throws InterruptedException {
        lambda.hook(CallHook.before(call -> clock.sleep(Duration.ofMinutes(4))));
        ExecutorOutput output = execute(10);
        assertThat(output.done()).isFalse();
        assertThat(output.remaining()).isEqualTo(7);
        assertThat(output.firstIndex()).isEqualTo(3);
        assertThat(output.waitSeconds()).isEqualTo(1);
    }

    @Test
    void waitsOutThrottlesByHandingBack() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        lambda.hook(CallHook.before(call -> {
            if (calls.incrementAndGet() > 2) {
                throw new LambdaFault.Throttled("Rate exceeded", "CallerRateLimitExceeded", null, null);
            }
        }));
        ExecutorOutput first = execute(5);
        assertThat(first.measured()).isEqualTo(2);
        assertThat(first.idleCalls()).isZero();
        ExecutorOutput second = executor().execute(new ExecutorInput(REF, 1, new Allocation(arm, 0, 5, 1), first));
        assertThat(second.done()).isFalse();
        assertThat(second.idleCalls()).isEqualTo(1);
        assertThat(second.waitSeconds()).isEqualTo(2);
        lambda.hook(CallHook.NONE);
        assertThat(execute(5).done()).isTrue();
        assertThat(store.samples(RUN)).hasSize(5);
    }

    @Test
    void givesUpWhenThereIsNeverAnyCapacity() throws InterruptedException {
        lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.NotReady("Pending", null);
        }));
        ExecutorOutput progress = execute(5);
        for (int i = 1; i < Executor.MAX_IDLE_CALLS; i++) {
            progress = executor().execute(new ExecutorInput(REF, 1, new Allocation(arm, 0, 5, 1), progress));
        }
        assertThat(progress.waitSeconds()).isEqualTo(60);
        ExecutorInput last = new ExecutorInput(REF, 1, new Allocation(arm, 0, 5, 1), progress);
        assertThatThrownBy(() -> executor().execute(last)).isInstanceOf(LambdaFault.NotReady.class);
    }

    /** Each time takes room in the execution's history, whichever arm it was and whatever it got before. */
    @Test
    void givesUpWhenAllArmsTogetherWereWithoutCapacityTooOften() throws InterruptedException {
        Arm other = Arm.ofSize(3008);
        store.append(RUN, REF.token(), LedgerEntry.version(LedgerEntry.Kind.PUBLISHED, other, "9", null));
        store.putDocument(RUN, Shortage.document(other.id()), Json.write(new Shortage(399, "Rate exceeded")));
        lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.Throttled("Rate exceeded", "CallerRateLimitExceeded", null, null);
        }));

        assertThat(execute(5).waitSeconds()).isEqualTo(256);
        assertThatThrownBy(() -> execute(5)).isInstanceOf(LambdaFault.Throttled.class);
    }

    @Test
    void respectsHowLongTheEndpointAsksToWait() throws InterruptedException {
        lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.Throttled("slow down", "", Duration.ofSeconds(17), null);
        }));
        assertThat(execute(5).waitSeconds()).isEqualTo(17);
    }

    @Test
    void leavesASizeThatRunsOutOfMemoryAtOnce() throws InterruptedException {
        lambda.workload((memoryMB, payload, number) -> Workload.Run.failure(40, "Runtime.OutOfMemory"));
        ExecutorOutput output = execute(10);
        assertThat(output.done()).isTrue();
        assertThat(output.infeasible()).isTrue();
        assertThat(invocations()).isEqualTo(1);
        assertThat(store.infeasible(RUN).getFirst().reason()).isEqualTo(Infeasible.Reason.OUT_OF_MEMORY);
        assertThat(execute(10).done()).isTrue();
        assertThat(invocations()).isEqualTo(1);
    }

    @Test
    void leavesASizeAtWhichAPayloadFailsTwice() throws InterruptedException {
        lambda.workload((memoryMB, payload, number) -> Workload.Run.failure(30_000, "Sandbox.Timedout"));
        ExecutorOutput output = execute(10);
        assertThat(output.failed()).isEqualTo(2);
        assertThat(store.infeasible(RUN).getFirst())
                .isEqualTo(new Infeasible(
                        "m512", SIZE, Infeasible.Reason.TIMED_OUT, "with a: Sandbox.Timedout: model failure"));
    }

    @Test
    void staysWithASizeThatFailsNowAndThen() throws InterruptedException {
        lambda.workload((memoryMB, payload, number) ->
                number % 3 == 1 ? Workload.Run.failure(5, "Flaky") : Workload.Run.success(20));
        ExecutorOutput output = execute(9);
        assertThat(output.infeasible()).isFalse();
        assertThat(output.measured()).isEqualTo(6);
        assertThat(output.failed()).isEqualTo(3);
    }

    @Test
    void aPayloadThatNeverPassesMakesTheSizeInfeasible() throws InterruptedException {
        lambda.workload((memoryMB, payload, number) -> Workload.Run.failure(5, "Broken"));
        assertThat(execute(1).infeasible()).isTrue();
    }

    @Test
    void countsAllowedErrorsAsSamples() throws InterruptedException {
        lambda.workload((memoryMB, payload, number) -> Workload.Run.failure(5, "Mine"));
        assertThat(execute(4).measured()).isEqualTo(4);
    }

    @Test
    void discardsWhatRanAnotherVersionAndSaysSo() {
        ModelFunction function = lambda.function("work");
        function.editMemory(256);
        String foreign = function.publish(null, null, "theirs").version();
        function.updateAlias("memtune-512", foreign, null, null);
        assertThatThrownBy(() -> execute(10))
                .isInstanceOf(Conflicted.class)
                .hasMessageContaining("version " + foreign + " ran, not " + arm.version());
        assertThat(store.samples(RUN)).hasSize(3).allMatch(sample -> sample.outcome() == Outcome.DISCARDED);
    }

    @Test
    void discardsAReportOfAnotherMemorySize() {
        arm = new Arm(arm.id(), 1024, arm.version(), arm.alias());
        assertThatThrownBy(() -> execute(1)).hasMessageContaining("names 512 MB, not 1024 MB");
    }

    @Test
    void countsASuccessWithoutAReportAsUnparsed() throws InterruptedException {
        ExecutorOutput output = executor(request -> new FunctionInvoker.Response(
                        "id", null, "1".getBytes(StandardCharsets.UTF_8), new byte[0], arm.version()))
                .execute(input(10, 1));
        assertThat(output.unparsed()).isEqualTo(3);
        assertThat(store.infeasible(RUN).getFirst().reason()).isEqualTo(Infeasible.Reason.NO_REPORTS);
        assertThat(store.samples(RUN)).allMatch(sample -> sample.billedMs() == null);
    }

    @Test
    void booksWhatGotNoAnswerAndDoesNotBuyItAgain() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        lambda.hook(CallHook.after(call -> {
            if (calls.incrementAndGet() == 2) {
                throw new LambdaFault.OutcomeUnknown("connection reset", null);
            }
        }));
        ExecutorOutput output = execute(4);
        assertThat(output.done()).isTrue();
        assertThat(output.unanswered()).isEqualTo(1);
        assertThat(invocations()).isEqualTo(4);
    }

    @Test
    void stopsWhenNobodyAnswersAnyMore() {
        lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.OutcomeUnknown("connection reset", null);
        }));
        assertThatThrownBy(() -> execute(10)).isInstanceOf(LambdaFault.OutcomeUnknown.class);
        assertThat(invocations()).isEqualTo(3);
    }

    @Test
    void failsAtOnceWhereItMayNotInvoke() {
        lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.Denied("not authorized to perform lambda:InvokeFunction", null);
        }));
        assertThatThrownBy(() -> execute(10)).isInstanceOf(LambdaFault.Denied.class);
        assertThat(store.samples(RUN)).isEmpty();
    }

    @Test
    void buysNoMoreOnceTheRunIsAskedToStop() throws InterruptedException {
        lambda.hook(CallHook.after(call -> store.requestCancel(RUN)));
        ExecutorOutput output = execute(10);
        assertThat(output.cancelled()).isTrue();
        assertThat(output.done()).isTrue();
        assertThat(output.measured()).isEqualTo(1);
    }

    @Test
    void buysNoMoreOnceCleanHasRaisedTheToken() throws InterruptedException {
        lambda.hook(CallHook.after(call -> store.raiseToken(RUN)));
        ExecutorOutput output = execute(10);
        assertThat(output.cancelled()).isTrue();
        assertThat(output.measured()).isEqualTo(1);
    }

    @Test
    void booksWhatWasInFlightWhenInterrupted() {
        FunctionInvoker interrupting = request -> {
            throw new IllegalStateException("never ends by itself");
        };
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> executor(interrupting).execute(input(10, 1))).isInstanceOf(InterruptedException.class);
        assertThat(store.samples(RUN)).hasSize(1).allMatch(sample -> sample.outcome() == Outcome.UNANSWERED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void keepsTheFunctionsMessageShort() throws InterruptedException {
        String message = "x".repeat(5_000);
        byte[] document =
                Json.write(Map.of("errorType", "E", "errorMessage", message)).getBytes(StandardCharsets.UTF_8);
        executor(request -> new FunctionInvoker.Response("id", "Unhandled", document, new byte[0], arm.version()))
                .execute(input(2, 1));
        assertThat(store.infeasible(RUN).getFirst().message()).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void theHandlerReadsAndWritesTheIterationsState() throws IOException {
        String event = Json.write(input(2, 1));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        StepMeter meter = new StepMeter(store, clock, () -> 0, 256, Duration.ofMillis(400));
        new ExecutorHandler(executor(), meter)
                .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, (Context)
                        Proxy.newProxyInstance(
                                Context.class.getClassLoader(),
                                new Class<?>[] {Context.class},
                                (self, method, arguments) -> {
                                    throw new UnsupportedOperationException(method.getName());
                                }));
        assertThat(Json.tree(output.toByteArray()).path("done").booleanValue()).isTrue();
        StepUsage usage =
                Json.read(store.document(RUN, StepUsage.document("m512")).orElseThrow(), StepUsage.class);
        assertThat(usage.calls()).isEqualTo(1);
        assertThat(usage.failures()).isZero();
        assertThat(usage.mbMs()).isGreaterThanOrEqualTo(256L * 400);
    }

    @Test
    void estimatesColdStartsFromTheLogsBeforeTheRunOnceWhereThatIsAllowed() throws InterruptedException {
        List<String> asked = new ArrayList<>();
        String line = "REPORT RequestId: %s\tDuration: 1 ms\tBilled Duration: 2 ms\tMemory Size: 512 MB\t%s\n";
        String log = line.formatted("a", "Init Duration: 1 ms")
                + line.formatted("b", "")
                + line.formatted("c", "")
                + line.formatted("d", "");
        logs = new ReportSource() {
            @Override
            public ReportLookup find(Question question) throws InterruptedException {
                return ReportSource.NONE.find(question);
            }

            @Override
            public Optional<LogSummary> recent(String logGroup, Instant from, Instant to) {
                asked.add(logGroup);
                try {
                    byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
                    return Optional.of(LogReader.read(new ByteArrayInputStream(bytes), report -> {}));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        execute(1);
        assertThat(asked).isEmpty();
        Pricing fromLogs = new Pricing(null, null, true, null, 0);
        Run other = TuningRuns.run("other", List.of(SIZE), 10, Strategy.COST, fromLogs);
        store.create(other);
        store.putDocument(
                "other",
                NamedPayload.DOCUMENT,
                store.document(RUN, NamedPayload.DOCUMENT).orElseThrow());
        for (int count = 1; count <= 2; count++) {
            executor()
                    .execute(new ExecutorInput(
                            new RunRef("other", "work", 1), 1, new Allocation(arm, 0, count, 1), null));
        }
        assertThat(asked).containsExactly("/aws/lambda/work");
        assertThat(Json.read(
                        store.document("other", ColdStartEstimate.DOCUMENT).orElseThrow(), ColdStartEstimate.class))
                .isEqualTo(new ColdStartEstimate(4, 1, other.startedAt().minus(Duration.ofDays(1))));
    }

    private Executor ofEvents(Duration budget) {
        Run run = TuningRuns.run(RUN, List.of(SIZE), 10);
        store = new InMemoryRunStore();
        store.create(new Run(
                RUN,
                run.executionId(),
                run.function(),
                run.before(),
                run.highestVersion(),
                run.promoteAlias(),
                run.input().withTerms(run.input().terms().asynchronously()),
                run.concurrency(),
                run.startedAt(),
                run.expiresAt()));
        payloads(new NamedPayload("a", Json.tree("1".getBytes(StandardCharsets.UTF_8)), 1));
        return new Executor(
                store, lambda, lambda.logs(), new FanOut(Thread.ofVirtual().factory(), clock), clock, clock, budget);
    }

    @Test
    void measuresEventsByTheirReportsInTheLogs() throws InterruptedException {
        ExecutorOutput output = ofEvents(Duration.ofMinutes(10)).execute(input(3, 1));
        assertThat(output.done()).isTrue();
        assertThat(output.measured()).isEqualTo(3);
        assertThat(output.fromLogs()).isEqualTo(3);
        assertThat(store.samples(RUN)).allMatch(sample -> Objects.equals(sample.memoryMB(), SIZE));
        assertThat(invocations()).isEqualTo(3);
    }

    @Test
    void handsBackAnEventThatIsStillRunningAndAsksForItAgain() throws InterruptedException {
        Executor executor = ofEvents(Duration.ofSeconds(30));
        ExecutorOutput first = executor.execute(input(1, 1));
        assertThat(first.done()).isFalse();
        assertThat(first.remaining()).isEqualTo(1);
        assertThat(store.samples(RUN)).isEmpty();
        assertThat(executor.execute(input(1, 1)).measured()).isEqualTo(1);
        assertThat(invocations()).isEqualTo(1);
    }

    @Test
    void takesTheFirstOfSeveralReportsOfOneEvent() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        lambda.workload((memoryMB, payload, number) -> {
            double durationMs = 100.0 * runs.incrementAndGet();
            return Workload.Run.failure(durationMs, "ValueError");
        });
        Executor executor = ofEvents(Duration.ofMinutes(10));
        clock.sleep(Duration.ofSeconds(1));
        executor.execute(input(1, 1));
        assertThat(runs).hasValue(3);
        assertThat(store.samples(RUN)).singleElement().satisfies(sample -> {
            assertThat(sample.outcome()).isEqualTo(Sample.Outcome.FAILED);
            assertThat(sample.errorType()).isEqualTo("ValueError");
            assertThat(sample.durationMs()).isEqualTo(100);
        });
    }

    @Test
    void countsAnEventWhoseSendingIsInDoubtAsUnansweredAndBuysItOnce() throws InterruptedException {
        Executor executor = ofEvents(Duration.ofMinutes(10));
        lambda.hook(CallHook.before(call -> {
            if (call.action().equals("Invoke")) {
                throw new LambdaFault.OutcomeUnknown("500", null);
            }
        }));
        assertThat(executor.execute(input(1, 1)).unanswered()).isEqualTo(1);
        lambda.hook(CallHook.NONE);
        assertThat(executor.execute(input(1, 1)).remaining()).isZero();
        assertThat(invocations()).isEqualTo(1);
    }

    @Test
    void sendsAThrottledEventAgain() throws InterruptedException {
        Executor executor = ofEvents(Duration.ofMinutes(10));
        lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.Throttled("Rate exceeded", "", null, null);
        }));
        assertThat(executor.execute(input(1, 1)).idleCalls()).isEqualTo(1);
        assertThat(Json.read(store.document(RUN, Shortage.document("m512")).orElseThrow(), Shortage.class))
                .isEqualTo(new Shortage(1, "Rate exceeded"));
        lambda.hook(CallHook.NONE);
        assertThat(executor.execute(input(1, 1)).measured()).isEqualTo(1);
    }

    @Test
    void givesUpAnEventThatNeverReports() throws InterruptedException {
        Executor executor = ofEvents(Duration.ofSeconds(1));
        executor.execute(input(1, 1));
        FunctionInvoker never = request -> {
            throw new AssertionError("it was sent already");
        };
        clock.sleep(Duration.ofMinutes(10));
        Executor later = new Executor(
                store,
                never,
                ReportSource.NONE,
                new FanOut(Thread.ofVirtual().factory(), clock),
                clock,
                clock,
                Duration.ofSeconds(1));
        assertThat(later.execute(input(1, 1)).unanswered()).isEqualTo(1);
    }

    @Test
    void namesTheTenantInEveryInvocation() throws InterruptedException {
        List<FunctionInvoker.Request> requests = new CopyOnWriteArrayList<>();
        Run run = TuningRuns.run(RUN, List.of(SIZE), 10);
        store = new InMemoryRunStore();
        store.create(new Run(
                RUN,
                run.executionId(),
                run.function(),
                run.before(),
                run.highestVersion(),
                run.promoteAlias(),
                run.input().withTerms(new TargetTerms(false, false, false, false, false, "tests", null, false)),
                run.concurrency(),
                run.startedAt(),
                run.expiresAt()));
        payloads(new NamedPayload("a", Json.tree("1".getBytes(StandardCharsets.UTF_8)), 1));
        executor(request -> {
                    requests.add(request);
                    return lambda.invoke(request);
                })
                .execute(input(2, 1));
        assertThat(requests).extracting(FunctionInvoker.Request::tenantId).containsExactly("tests", "tests");
    }

    private void input(String members) {
        store.create(TuningRuns.run("run2", "{\"lambdaARN\":\"work\"," + members + "}"));
        store.putDocument(
                "run2",
                "payloads",
                Json.write(List.of(new NamedPayload("a", Json.tree("{\"n\":1}".getBytes(StandardCharsets.UTF_8)), 1))));
    }

    private ExecutorOutput executeRun2(FunctionInvoker invoker, int count) throws InterruptedException {
        return executor(invoker)
                .execute(new ExecutorInput(new RunRef("run2", "work", 1), 1, new Allocation(arm, 0, count, 1), null));
    }

    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** Processors that answer as they are told, and note what they were sent; anything else is the function itself. */
    private FunctionInvoker withProcessors(String preAnswer, @Nullable String postError) {
        return request -> {
            String event = new String(request.payload(), StandardCharsets.UTF_8);
            sent.add(request.function() + ":" + request.qualifier() + " " + event);
            if (request.function().equals("work")) {
                return lambda.invoke(request);
            }
            boolean isPre = request.function().equals("pre");
            String error = isPre ? null : postError;
            String document = "{\"errorType\":\"" + error + "\",\"errorMessage\":\"table is gone\"}";
            return new FunctionInvoker.Response(
                    "other",
                    error == null ? null : "Unhandled",
                    (isPre ? preAnswer : error == null ? "{}" : document).getBytes(StandardCharsets.UTF_8),
                    new byte[0],
                    "1");
        };
    }

    @Test
    void sendsWhatThePreProcessorAnswersAndGivesTheAnswerToThePostProcessor() throws InterruptedException {
        input("\"preProcessorARN\":\"pre:live\",\"postProcessorARN\":\"post\"");
        ExecutorOutput output = executeRun2(withProcessors("{\"n\":2}", null), 2);
        assertThat(output.measured()).isEqualTo(2);
        assertThat(sent)
                .containsExactly(
                        "pre:live {\"n\":1}",
                        "work:memtune-512 {\"n\":2}",
                        "post:$LATEST \"ok\"",
                        "pre:live {\"n\":1}",
                        "work:memtune-512 {\"n\":2}",
                        "post:$LATEST \"ok\"");
        assertThat(store.samples("run2")).hasSize(2);
    }

    @Test
    void keepsTheEventWhereThePreProcessorAnswersNothing() throws InterruptedException {
        input("\"preProcessorARN\":\"pre\"");
        executeRun2(withProcessors("null", null), 1);
        assertThat(sent).contains("work:memtune-512 {\"n\":1}");
    }

    @Test
    void failsReadablyWithItsProcessorButKeepsTheInvocationThatWasPaidFor() {
        input("\"postProcessorARN\":\"post\"");
        assertThatThrownBy(() -> executeRun2(withProcessors("", "TableError"), 5))
                .isInstanceOf(ProcessorFailed.class)
                .hasMessageContaining("the post-processor post failed: TableError: table is gone");
        assertThat(store.samples("run2")).hasSize(1).allMatch(sample -> sample.outcome() == Outcome.MEASURED);
    }

    @Test
    void invokesNothingWhenThePreProcessorFails() {
        input("\"preProcessorARN\":\"pre\"");
        assertThatThrownBy(() -> executeRun2(
                        request -> {
                            throw new LambdaFault.NotFound("Function not found: pre", null);
                        },
                        5))
                .isInstanceOf(ProcessorFailed.class)
                .hasMessageContaining("pre-processor pre", "Function not found");
        assertThat(store.samples("run2")).isEmpty();
    }

    @Test
    void pausesBetweenTwoInvocationsAndNotAfterTheLast() throws InterruptedException {
        input("\"sleepBetweenRunsMs\":1500");
        executeRun2(lambda, 5);
        assertThat(Duration.between(VirtualClock.START, clock.instant())).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void leavesALongPauseToTheStateMachine() throws InterruptedException {
        input("\"sleepBetweenRunsMs\":900000");
        ExecutorOutput output = executeRun2(lambda, 5);
        assertThat(output.done()).isFalse();
        assertThat(output.measured()).isEqualTo(1);
        assertThat(output.waitSeconds()).isEqualTo(900);
        assertThat(clock.instant()).isEqualTo(VirtualClock.START);
    }
}
