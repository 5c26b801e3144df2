// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.events;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.analyzer.Analyzer;
import dev.memtune.analyzer.AnalyzerHandler;
import dev.memtune.aws.StepMeter;
import dev.memtune.cleaner.Cleaner;
import dev.memtune.cleaner.CleanerHandler;
import dev.memtune.cleaner.CleanerLimits;
import dev.memtune.core.fanout.FanOut;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.InMemoryTuningSlots;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.executor.Executor;
import dev.memtune.executor.ExecutorHandler;
import dev.memtune.initializer.Initializer;
import dev.memtune.initializer.InitializerHandler;
import dev.memtune.initializer.InitializerLimits;
import dev.memtune.initializer.StackRules;
import dev.memtune.local.machine.MachineListener;
import dev.memtune.local.machine.Runner;
import dev.memtune.local.machine.Settings;
import dev.memtune.local.machine.Substitutions;
import dev.memtune.local.machine.TaskFailure;
import dev.memtune.local.machine.TaskHandler;
import dev.memtune.local.machine.VirtualTimer;
import dev.memtune.local.machine.definition.StateMachine;
import dev.memtune.promoter.Promoter;
import dev.memtune.promoter.PromoterHandler;
import dev.memtune.publisher.Publisher;
import dev.memtune.publisher.PublisherHandler;
import dev.memtune.recorder.Recorder;
import dev.memtune.recorder.RecorderHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The handlers of the deployed functions by their logical ids, and the delivered machines, on an account in memory. */
final class StackInMemory {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration STEP_TIME = Duration.ofMinutes(13);
    private static final PriceTable PRICES = PriceTableReader.bundled();
    /** Of the steps themselves. */
    static final Price PRICE = PRICES.price("us-east-1", Architecture.ARM64);

    static final int STEP_MEMORY_MB = 1024;
    static final Duration COLD_START = Duration.ofMillis(700);

    final VirtualClock clock = new VirtualClock();
    final InMemoryLambda lambda = new InMemoryLambda(clock);
    final RunStore store = new InMemoryRunStore();
    final InMemoryTuningSlots slots = new InMemoryTuningSlots(1, clock);

    private final Map<String, RequestStreamHandler> handlers = new TreeMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    StackInMemory() {
        lambda.add("my-function", 512);
        lambda.tags(Map.of("memtune", "allow", "memtune-promote", "allow"));
        FanOut fanOut = new FanOut(Thread.ofVirtual().factory(), clock);
        handlers.put(
                "InitializerFunction",
                new InitializerHandler(
                        new Initializer(
                                        lambda,
                                        store,
                                        clock,
                                        clock,
                                        ObjectSource.NONE,
                                        run -> Rounds.first(run, Rates.of(run, PRICES)),
                                        InitializerLimits.DEFAULT,
                                        StackRules.DEFAULT)
                                .bounded(slots),
                        meter()));
        handlers.put(
                "PublisherFunction",
                new PublisherHandler(new Publisher(lambda, store, clock, clock, STEP_TIME), meter()));
        handlers.put(
                "ExecutorFunction",
                new ExecutorHandler(
                        new Executor(store, lambda, ReportSource.NONE, fanOut, clock, clock, STEP_TIME), meter()));
        handlers.put("AnalyzerFunction", new AnalyzerHandler(new Analyzer(store, PRICES), meter()));
        handlers.put(
                "PromoterFunction", new PromoterHandler(new Promoter(lambda, store, clock, clock, STEP_TIME), meter()));
        handlers.put(
                "CleanerFunction",
                new CleanerHandler(
                        new Cleaner(lambda, store, clock, clock, CleanerLimits.DEFAULT).releasing(slots), meter()));
        handlers.put("RecorderFunction", new RecorderHandler(new Recorder(store, clock).billedAt(PRICE), meter()));
    }

    private StepMeter meter() {
        return new StepMeter(store, clock, () -> 0, STEP_MEMORY_MB, COLD_START);
    }

    /** Calls a function with an event, bytes to bytes. */
    byte[] call(String function, byte[] event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        RequestStreamHandler handler = handlers.get(function);
        if (handler == null) {
            throw new IllegalArgumentException("function must be one of " + handlers.keySet() + ", got: " + function);
        }
        handler.handleRequest(new ByteArrayInputStream(event), answer, new NoContext());
        return answer.toByteArray();
    }

    /** The next call of a function within a machine does its work, and the machine does not hear of it. */
    void loseNextAnswer(String function) {
        lost.add(function);
    }

    private byte[] answer(String function, byte[] input) throws IOException, TaskFailure {
        byte[] answer = call(function, input);
        if (lost.remove(function)) {
            throw new TaskFailure("Lambda.ServiceException", "the answer was lost");
        }
        return answer;
    }

    /** A delivered machine, in time that passes only when somebody waits. */
    Runner machine(String name, MachineListener listener) throws IOException {
        Map<String, String> substitutions = new TreeMap<>();
        Map<String, TaskHandler> tasks = new TreeMap<>();
        for (String function : handlers.keySet()) {
            String arn = "arn:aws:lambda:us-east-1:123456789012:function:" + function;
            substitutions.put(function + "Arn", arn);
            tasks.put(arn, input -> answer(function, input));
        }
        String definition = Files.readString(ROOT.resolve("statemachine").resolve(name + ".asl.json"));
        Settings settings = new Settings(
                "arn:aws:states:us-east-1:123456789012:stateMachine:" + name,
                new VirtualTimer(VirtualClock.START),
                new SplittableRandom(1),
                listener);
        return new Runner(StateMachine.parse(Substitutions.apply(definition, substitutions)), tasks, settings);
    }

    static byte[] event(String name) throws IOException {
        return Files.readAllBytes(ROOT.resolve("events").resolve(name + ".json"));
    }
}
