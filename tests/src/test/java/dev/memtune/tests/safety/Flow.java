// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cleaner.Cleaner;
import dev.memtune.cleaner.CleanerInput;
import dev.memtune.cleaner.CleanerLimits;
import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.TuningState;
import dev.memtune.initializer.Initializer;
import dev.memtune.initializer.InitializerInput;
import dev.memtune.initializer.InitializerLimits;
import dev.memtune.promoter.Promoter;
import dev.memtune.promoter.PromoterInput;
import dev.memtune.publisher.Publisher;
import dev.memtune.publisher.PublisherInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state machine's path through the steps that change things, with a stand-in for measuring. */
final class Flow {
    private static final int WAITS_MAX = 50;
    private static final int CLEAN_ATTEMPTS = 9;
    private static final Duration STEP_TIME = Duration.ofMinutes(4);

    private final InMemoryLambda lambda;
    private final RunStore store;
    private final VirtualClock clock;
    private final String executionId;
    private final Setup setup;
    private final Runnable newProcess;
    private final Consumer<Boolean> measuring;

    Flow(
            InMemoryLambda lambda,
            RunStore store,
            VirtualClock clock,
            String executionId,
            Setup setup,
            Runnable newProcess,
            Consumer<Boolean> measuring) {
        this.lambda = lambda;
        this.store = store;
        this.clock = clock;
        this.executionId = executionId;
        this.setup = setup;
        this.newProcess = newProcess;
        this.measuring = measuring;
    }

    /** Runs from Initialize to Clean; null if Clean never came to an end. */
    @Nullable
    CleanerOutput run() {
        ObjectNode state = Json.mapper().createObjectNode();
        try {
            steps(state);
        } catch (RuntimeException | Crash e) {
            state.putObject("failure")
                    .put("Error", e.getClass().getSimpleName())
                    .put("Cause", String.valueOf(e.getMessage()));
        }
        return clean(state);
    }

    private void steps(ObjectNode state) {
        newProcess.run();
        InitializerInput input = new InitializerInput(
                new InitializerInput.Execution(executionId, "name", VirtualClock.START),
                Json.tree(setup.input().getBytes(StandardCharsets.UTF_8)));
        TuningState begun = new Initializer(lambda, store, clock, clock, Flow::firstPlan, InitializerLimits.DEFAULT)
                .initialize(input);
        Plan plan = publish(begun);
        measuring.accept(true);
        plan.allocations().forEach(allocation -> measure(begun, allocation.arm()));
        measuring.accept(false);
        Decision decision = new Decision(best(plan), setup.promotes());
        state.set("decision", Json.mapper().valueToTree(decision));
        newProcess.run();
        Promoter promoter = new Promoter(lambda, store, clock, clock, STEP_TIME);
        state.set("promotion", Json.mapper().valueToTree(promoter.promote(new PromoterInput(begun.run(), decision))));
    }

    private Plan publish(TuningState state) {
        Plan plan = state.plan();
        for (int i = 0; i < WAITS_MAX; i++) {
            newProcess.run();
            plan = new Publisher(lambda, store, clock, clock, STEP_TIME).publish(new PublisherInput(state.run(), plan));
            if (!plan.pending()) {
                return plan;
            }
            clock.sleep(Duration.ofSeconds(plan.waitSeconds()));
        }
        throw new IllegalStateException("Publish stayed pending " + WAITS_MAX + " times");
    }

    private void measure(TuningState state, Arm arm) {
        String alias = Objects.requireNonNull(arm.alias(), "alias");
        FunctionInvoker.Response response =
                lambda.invoke(new FunctionInvoker.Request(state.run().function(), alias, new byte[] {'1'}, 30));
        if (!Objects.equals(response.executedVersion(), arm.version())) {
            throw new IllegalStateException("S6 another version ran: " + response.executedVersion());
        }
        String tail = new String(response.logTail(), StandardCharsets.UTF_8);
        if (!tail.contains("Memory Size: " + arm.memoryMB() + " MB")) {
            throw new IllegalStateException("S6 another size ran: " + tail);
        }
    }

    private Arm best(Plan plan) {
        return plan.allocations().stream()
                .map(Allocation::arm)
                .filter(arm -> arm.memoryMB() == setup.bestMB())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the best size was not published"));
    }

    private @Nullable CleanerOutput clean(ObjectNode state) {
        for (int attempt = 0; attempt < CLEAN_ATTEMPTS; attempt++) {
            try {
                newProcess.run();
                return cleaner().clean(new CleanerInput(executionId, state));
            } catch (RuntimeException | Crash e) {
                clock.sleep(Duration.ofSeconds(attempt));
            }
        }
        return null;
    }

    Cleaner cleaner() {
        return new Cleaner(lambda, store, clock, clock, CleanerLimits.DEFAULT);
    }

    static Plan firstPlan(Run run) {
        List<Allocation> allocations = run.input().powerValues().stream()
                .map(size -> new Allocation(Arm.ofSize(size), 0, run.input().invocationCount(), 1))
                .toList();
        return new Plan(1, allocations, allocations.size(), false, 1);
    }
}
