// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.analyzer.Analyzer;
import dev.memtune.analyzer.AnalyzerHandler;
import dev.memtune.aws.StepMeter;
import dev.memtune.cleaner.Cleaner;
import dev.memtune.cleaner.CleanerHandler;
import dev.memtune.cleaner.CleanerInput;
import dev.memtune.cleaner.CleanerLimits;
import dev.memtune.core.fanout.FanOut;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.wire.Json;
import dev.memtune.executor.Executor;
import dev.memtune.executor.ExecutorHandler;
import dev.memtune.initializer.Initializer;
import dev.memtune.initializer.InitializerHandler;
import dev.memtune.initializer.InitializerLimits;
import dev.memtune.local.machine.TaskHandler;
import dev.memtune.promoter.Promoter;
import dev.memtune.promoter.PromoterHandler;
import dev.memtune.promoter.Reverter;
import dev.memtune.publisher.Publisher;
import dev.memtune.publisher.PublisherHandler;
import dev.memtune.recorder.EndNews;
import dev.memtune.recorder.Recorder;
import dev.memtune.recorder.RecorderHandler;
import dev.memtune.recorder.RecorderInput;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The steps as they run in this process. The time limits are those of the deployed functions, so that what works here works
 * there.
 */
final class Steps {
    /** Less than the 15 minutes of the tasks in the state machine. */
    private static final Duration STEP_TIME = Duration.ofMinutes(13);
    /** Short, because a laptop may be closed at any time; renewed while the run goes on. */
    static final Duration LEASE_TIME = Duration.ofMinutes(10);

    /** Provisioned concurrency takes a minute or two to follow. */
    private static final Duration REVERT_TIME = Duration.ofMinutes(5);

    /** The memory size of what is not billed. */
    private static final int NO_FUNCTION = 0;

    private final Ports ports;

    Steps(Ports ports) {
        this.ports = ports;
    }

    /** The task handlers by the names that the definition's substitutions have. */
    Map<String, TaskHandler> handlers() {
        Map<String, TaskHandler> handlers = new LinkedHashMap<>();
        StepMeter meter = new StepMeter(ports.store(), ports.clock(), ports.throttles(), NO_FUNCTION, Duration.ZERO);
        BiConsumer<String, RequestStreamHandler> add =
                (step, handler) -> handlers.put(resource(step), new StepTask(step, handler));
        add.accept("initializer", new InitializerHandler(initializer(), meter));
        add.accept("publisher", new PublisherHandler(publisher(), meter));
        add.accept("executor", new ExecutorHandler(executor(), meter));
        add.accept("analyzer", new AnalyzerHandler(new Analyzer(ports.store(), ports.prices()), meter));
        add.accept("promoter", new PromoterHandler(promoter(), meter));
        add.accept("cleaner", new CleanerHandler(cleaner(), meter));
        add.accept("recorder", new RecorderHandler(recorder(), meter));
        return handlers;
    }

    /** The values of the definition's substitutions. */
    static Map<String, String> substitutions() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String step :
                new String[] {"Initializer", "Publisher", "Executor", "Analyzer", "Promoter", "Cleaner", "Recorder"}) {
            values.put(step + "FunctionArn", resource(step.toLowerCase(Locale.ROOT)));
        }
        return values;
    }

    Cleaner cleaner() {
        return new Cleaner(ports.control(), ports.store(), ports.clock(), ports.sleeper(), CleanerLimits.DEFAULT);
    }

    Reverter reverter() {
        return new Reverter(ports.control(), ports.store(), ports.clock(), ports.sleeper(), REVERT_TIME);
    }

    Recorder recorder() {
        TuningStatus status = new TuningStatus(ports.registry(), ports.clock());
        return new Recorder(ports.store(), ports.clock()).telling(new EndNews(status, List.of(), line -> {}));
    }

    /**
     * What the rule for stopped executions does on AWS: Clean, then Record.
     *
     * @param afterwards whether the execution may have recorded its end itself, which then stands
     */
    void finish(String executionId, String error, String cause, boolean afterwards) {
        ObjectNode state = Json.mapper().createObjectNode();
        state.putObject("failure").put("Error", error).put("Cause", cause);
        ObjectNode cleaned;
        try {
            cleaned = Json.mapper().valueToTree(cleaner().clean(new CleanerInput(executionId, state)));
        } catch (LambdaFault | StaleToken e) {
            state.putObject("cleanFailure")
                    .put("Error", e.getClass().getName())
                    .put("Cause", String.valueOf(e.getMessage()));
            cleaned = state;
        }
        recorder().record(new RecorderInput(executionId, cleaned, afterwards));
    }

    private Initializer initializer() {
        InitializerLimits limits = new InitializerLimits(InitializerLimits.DEFAULT.stepTime(), LEASE_TIME);
        return new Initializer(
                ports.control(),
                ports.store(),
                ports.clock(),
                ports.sleeper(),
                ports.objects(),
                run -> Rounds.first(run, Rates.of(run, ports.prices())),
                limits);
    }

    private Publisher publisher() {
        return new Publisher(ports.control(), ports.store(), ports.clock(), ports.sleeper(), STEP_TIME)
                .lookingAt(ports.logs());
    }

    private Promoter promoter() {
        return new Promoter(ports.control(), ports.store(), ports.clock(), ports.sleeper(), STEP_TIME);
    }

    private Executor executor() {
        FanOut fanOut = new FanOut(Thread.ofVirtual().name("invocation-", 0).factory(), ports.clock());
        return new Executor(
                ports.store(), ports.invoker(), ports.logs(), fanOut, ports.clock(), ports.sleeper(), STEP_TIME);
    }

    private static String resource(String step) {
        return "arn:aws:lambda:us-east-1:000000000000:function:memtune-" + step;
    }
}
