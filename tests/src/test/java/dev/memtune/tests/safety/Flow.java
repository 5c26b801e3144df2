// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.analyzer.Analyzer;
import dev.memtune.analyzer.AnalyzerInput;
import dev.memtune.cleaner.Cleaner;
import dev.memtune.cleaner.CleanerInput;
import dev.memtune.cleaner.CleanerLimits;
import dev.memtune.core.fanout.FanOut;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.core.wire.TuningState;
import dev.memtune.executor.Executor;
import dev.memtune.executor.ExecutorInput;
import dev.memtune.executor.ExecutorOutput;
import dev.memtune.initializer.Initializer;
import dev.memtune.initializer.InitializerInput;
import dev.memtune.initializer.InitializerLimits;
import dev.memtune.promoter.Promoter;
import dev.memtune.promoter.PromoterInput;
import dev.memtune.publisher.Publisher;
import dev.memtune.publisher.PublisherInput;
import dev.memtune.recorder.Recorder;
import dev.memtune.recorder.RecorderInput;
import dev.memtune.recorder.RecorderOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state machine's path through the steps, each as it is delivered; a step is a process of its own. */
final class Flow {
    private static final int WAITS_MAX = 50;
    /** As in the state machine: the first attempt and eight more. */
    private static final int ATTEMPTS = 9;

    private static final PriceTable PRICES = PriceTableReader.bundled();
    private static final Duration STEP_TIME = Duration.ofMinutes(4);

    /**
     * What the steps work on.
     *
     * @param newProcess called when a step begins
     */
    record Ports(
            FunctionControl control,
            FunctionInvoker invoker,
            ReportSource logs,
            RunStore store,
            VirtualClock clock,
            Runnable newProcess) {}

    private final Ports ports;
    private final String executionId;
    private final String input;
    private boolean promoting;

    Flow(Ports ports, String executionId, String input) {
        this.ports = ports;
        this.executionId = executionId;
        this.input = input;
    }

    /** Runs from Initialize to Record; null if Record never came to an end. */
    @Nullable
    RecorderOutput run() {
        ObjectNode state = Json.mapper().createObjectNode();
        try {
            steps(state);
        } catch (RuntimeException | Crash e) {
            putFailure(state, "failure", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
        return record(clean(state));
    }

    /** Whether Promote has begun. */
    boolean isPromoting() {
        return promoting;
    }

    private static void putFailure(ObjectNode state, String name, Throwable failure) {
        ObjectNode cause = Json.mapper().createObjectNode().put("errorMessage", String.valueOf(failure.getMessage()));
        state.putObject(name)
                .put(
                        "Error",
                        failure instanceof Crash
                                ? "Lambda.Unknown"
                                : failure.getClass().getName())
                .put("Cause", cause.toString());
    }

    private void steps(ObjectNode state) throws InterruptedException {
        TuningState now = initialize();
        state.set("run", Json.mapper().valueToTree(now.run()));
        while (now.next() != TuningState.Next.DECIDED) {
            Plan plan = now.next() == TuningState.Next.PUBLISH ? publish(now) : now.plan();
            for (Allocation allocation : plan.allocations()) {
                measure(now, plan.round(), allocation);
            }
            ports.newProcess().run();
            Analyzer analyzer = new Analyzer(ports.store(), PRICES);
            now = analyzer.analyze(new AnalyzerInput(now.run(), plan));
        }
        Decision decision = Objects.requireNonNull(now.decision(), "decision");
        state.set("decision", Json.mapper().valueToTree(decision));
        ports.newProcess().run();
        promoting = true;
        Promoter promoter = new Promoter(ports.control(), ports.store(), ports.clock(), ports.clock(), STEP_TIME);
        state.set("promotion", Json.mapper().valueToTree(promoter.promote(new PromoterInput(now.run(), decision))));
    }

    private TuningState initialize() {
        ports.newProcess().run();
        InitializerInput begin = new InitializerInput(
                new InitializerInput.Execution(executionId, "name", VirtualClock.START),
                Json.tree(input.getBytes(StandardCharsets.UTF_8)));
        return new Initializer(
                        ports.control(),
                        ports.store(),
                        ports.clock(),
                        ports.clock(),
                        ObjectSource.NONE,
                        run -> Rounds.first(run, Rates.of(run, PRICES)),
                        InitializerLimits.DEFAULT)
                .initialize(begin);
    }

    private Plan publish(TuningState state) {
        Plan plan = state.plan();
        for (int i = 0; i < WAITS_MAX; i++) {
            ports.newProcess().run();
            plan = new Publisher(ports.control(), ports.store(), ports.clock(), ports.clock(), STEP_TIME)
                    .publish(new PublisherInput(state.run(), plan));
            if (!plan.pending()) {
                return plan;
            }
            ports.clock().sleep(Duration.ofSeconds(plan.waitSeconds()));
        }
        throw new IllegalStateException("Publish stayed pending " + WAITS_MAX + " times");
    }

    private void measure(TuningState state, int round, Allocation allocation) throws InterruptedException {
        ExecutorOutput progress = null;
        for (int i = 0; i < WAITS_MAX; i++) {
            ports.newProcess().run();
            FanOut fanOut = new FanOut(Flow::atOnce, ports.clock());
            progress = new Executor(
                            ports.store(),
                            ports.invoker(),
                            ports.logs(),
                            fanOut,
                            ports.clock(),
                            ports.clock(),
                            STEP_TIME)
                    .execute(new ExecutorInput(state.run(), round, allocation, progress));
            if (progress.done()) {
                return;
            }
            ports.clock().sleep(Duration.ofSeconds(progress.waitSeconds()));
        }
        throw new IllegalStateException("Execute was not done after " + WAITS_MAX + " calls");
    }

    /** A thread that does its work where it is started: the order of calls is the same in every run. */
    private static Thread atOnce(Runnable work) {
        return new Thread(work) {
            @Override
            public void start() {
                work.run();
            }
        };
    }

    private ObjectNode clean(ObjectNode state) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                ports.newProcess().run();
                return Json.mapper().valueToTree(cleaner().clean(new CleanerInput(executionId, state)));
            } catch (RuntimeException | Crash e) {
                putFailure(state, "cleanFailure", e);
                ports.clock().sleep(Duration.ofSeconds(attempt));
            }
        }
        return state;
    }

    private @Nullable RecorderOutput record(ObjectNode state) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                ports.newProcess().run();
                return new Recorder(ports.store(), ports.clock()).record(new RecorderInput(executionId, state));
            } catch (RuntimeException | Crash e) {
                ports.clock().sleep(Duration.ofSeconds(attempt));
            }
        }
        return null;
    }

    Cleaner cleaner() {
        return new Cleaner(ports.control(), ports.store(), ports.clock(), ports.clock(), CleanerLimits.DEFAULT);
    }
}
