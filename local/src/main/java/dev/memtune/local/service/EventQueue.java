// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.EventHandling;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.service.Invocations.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asynchronous invocations: accepted, tried, tried again after AWS's waits, and in the end delivered or kept where they can
 * be looked at.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">Error handling for
 *     asynchronous invocation</a>
 */
final class EventQueue implements AutoCloseable {
    private final Context context;
    private final Invocations invocations;
    private final EventStore store;
    private final Chance chance;
    private final RetryDelays delays;
    private final ExecutorService executor;
    private final Consumer<String> log;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("event-queue").factory());

    EventQueue(
            Context context,
            Invocations invocations,
            EventStore store,
            Chance chance,
            RetryDelays delays,
            ExecutorService executor,
            Consumer<String> log) {
        this.context = context;
        this.invocations = invocations;
        this.store = store;
        this.chance = chance;
        this.delays = delays;
        this.executor = executor;
        this.log = log;
    }

    /** Goes on with what an earlier service accepted. */
    void resume() {
        store.queued().forEach(this::schedule);
    }

    /**
     * Accepts an event.
     *
     * @throws LambdaFault 429 if too many wait
     */
    void accept(FunctionReference reference, Invocation invocation) throws IOException {
        Instant now = context.account().now();
        QueuedEvent event = new QueuedEvent(
                invocation.requestId(), reference.arn(context.arns()), invocation.payload(), now, 0, 0, now);
        if (!store.keep(event)) {
            throw LambdaFault.throttled("FunctionInvocationRateLimitExceeded");
        }
        schedule(event);
    }

    private void schedule(QueuedEvent event) {
        long waitMs = Math.max(
                0, Duration.between(context.account().now(), event.dueAt()).toMillis());
        try {
            if (waitMs == 0) {
                executor.execute(() -> attempt(event));
            } else {
                Future<?> unused =
                        timer.schedule(() -> executor.execute(() -> attempt(event)), waitMs, TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            log.accept(named(event) + " waits for the next start of the service");
        }
    }

    private void attempt(QueuedEvent event) {
        try {
            tryOnce(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.accept(named(event) + " was stopped and is tried again at the next start of the service");
        } catch (IOException e) {
            log.accept(named(event) + " could not be kept: " + e.getMessage());
        }
    }

    private void tryOnce(QueuedEvent event) throws IOException, InterruptedException {
        FunctionReference reference = FunctionReference.parse(event.function(), context.arns());
        Optional<DeployedFunction> function = context.account().find(reference.name());
        if (function.isEmpty()) {
            bury(event, "FunctionDeleted", "", Optional.empty());
            return;
        }
        EventHandling handling = handling(function.get(), reference);
        Target target;
        InvocationResult result;
        try {
            target = invocations.target(reference);
            result = invocations.run(
                    target, new Invocation(event.requestId(), event.function(), event.payload(), Optional.empty()));
        } catch (LambdaFault e) {
            refused(event.throttledOnce(), function.get(), handling, e);
            return;
        }
        Attempt attempt = new Attempt(event.failedOnce(), target, result);
        if (result.functionError().isEmpty()) {
            handling.onSuccess().ifPresent(destination -> deliver(destination, attempt.outcome("Success")));
            store.end(event);
        } else {
            failed(attempt, handling);
        }
    }

    /** One run of the function for an event. */
    private record Attempt(QueuedEvent event, Target target, InvocationResult result) {
        EventOutcome outcome(String condition) {
            return new EventOutcome(event, condition, Optional.of(target.runnable()), Optional.of(result));
        }
    }

    private static EventHandling handling(DeployedFunction function, FunctionReference reference) {
        String qualifier = reference.qualifier().orElse(DeployedFunction.LATEST);
        return Optional.ofNullable(function.options().eventHandling().get(qualifier))
                .orElseGet(EventHandling::defaults);
    }

    private void failed(Attempt attempt, EventHandling handling) throws IOException {
        QueuedEvent event = attempt.event();
        if (event.attempts() > handling.retryAttempts()) {
            giveUp(attempt.outcome("RetriesExhausted"), handling);
            return;
        }
        Instant next = context.account().now().plus(delays.afterErrors(event.attempts()));
        if (isTooOld(event, handling, next)) {
            giveUp(attempt.outcome("EventAgeExceeded"), handling);
            return;
        }
        again(event.dueAt(next));
    }

    private static boolean isTooOld(QueuedEvent event, EventHandling handling, Instant at) {
        return !at.isBefore(event.acceptedAt().plus(handling.maximumAge()));
    }

    /** Throttles and errors of the service do not count as attempts: they are repeated until the event is too old. */
    private void refused(QueuedEvent event, DeployedFunction function, EventHandling handling, LambdaFault fault)
            throws IOException {
        boolean stopped = function.options().reservedConcurrency().equals(Optional.of(0));
        Instant next = context.account().now().plus(delays.afterThrottles(event.throttles()));
        if (stopped || isTooOld(event, handling, next)) {
            String condition = stopped ? "ZeroReservedConcurrency" : "EventAgeExceeded";
            giveUp(new EventOutcome(event, condition, Optional.empty(), Optional.empty()), handling, fault.text());
            return;
        }
        again(event.dueAt(next));
    }

    private void again(QueuedEvent event) throws IOException {
        store.keep(event);
        schedule(event);
    }

    private void giveUp(EventOutcome outcome, EventHandling handling) throws IOException {
        String error = outcome.result()
                .map(result -> new String(result.payload(), StandardCharsets.UTF_8))
                .orElse("");
        giveUp(outcome, handling, error);
    }

    private void giveUp(EventOutcome outcome, EventHandling handling, String error) throws IOException {
        if (handling.onFailure().filter(arn -> deliver(arn, outcome)).isPresent()) {
            store.end(outcome.event());
        } else {
            bury(outcome.event(), outcome.condition(), error, deadEnd(outcome, handling.onFailure()));
        }
    }

    private Optional<String> deadEnd(EventOutcome outcome, Optional<String> destination) {
        FunctionReference reference = FunctionReference.parse(outcome.event().function(), context.arns());
        return destination.or(() -> context.account()
                .find(reference.name())
                .flatMap(f -> f.latest().deployment().configuration().deadLetterArn()));
    }

    private void bury(QueuedEvent event, String condition, String error, Optional<String> destination)
            throws IOException {
        log.accept(named(event) + " given up: " + condition + " after " + event.attempts() + " attempts");
        store.bury(new DeadEvent(event, condition, error, context.account().now(), destination));
    }

    /** Sends an outcome to a destination that is a function here; others do not exist here. */
    private boolean deliver(String destination, EventOutcome outcome) {
        if (!destination.contains(":lambda:")) {
            log.accept(named(outcome.event()) + " has a destination that does not exist here: " + destination);
            return false;
        }
        try {
            FunctionReference reference = FunctionReference.parse(destination, context.arns());
            invocations.target(reference);
            accept(
                    reference,
                    new Invocation(
                            chance.uuid(),
                            destination,
                            outcome.json(context.account().now(), context.arns()),
                            Optional.empty()));
            return true;
        } catch (IOException | LambdaFault e) {
            log.accept(named(outcome.event()) + " could not be sent to " + destination + ": " + e.getMessage());
            return false;
        }
    }

    private static String named(QueuedEvent event) {
        return "asynchronous invocation " + event.requestId() + " of " + event.function();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
