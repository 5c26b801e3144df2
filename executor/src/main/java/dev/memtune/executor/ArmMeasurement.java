// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.failure.ProcessorFailed;
import dev.memtune.core.fanout.CallResult;
import dev.memtune.core.fanout.Calls;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.FunctionInvoker.Request;
import dev.memtune.core.port.FunctionInvoker.Response;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The invocations of one call of the step: sends them, stores what arrives, and says when it is enough. */
final class ArmMeasurement implements Calls<Sample> {
    private final RunStore store;
    private final FunctionInvoker invoker;
    private final Order order;
    private final SampleReader reader;
    private final ArmHealth health;
    private final Pace pace;
    private final Processors processors;
    private final @Nullable EventCalls events;
    private final Map<Integer, Purchase> open = new ConcurrentHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private boolean isCancelled;
    private boolean isStillRunning;
    private int endedCount;
    private @Nullable LambdaFault noCapacity;
    private final AtomicReference<@Nullable ProcessorFailed> unfollowed = new AtomicReference<>();
    private @Nullable Throwable broken;

    ArmMeasurement(
            RunStore store,
            FunctionInvoker invoker,
            Order order,
            SampleReader reader,
            ArmHealth health,
            Pace pace,
            @Nullable EventCalls events) {
        this.store = store;
        this.invoker = invoker;
        this.order = order;
        this.reader = reader;
        this.health = health;
        this.pace = pace;
        this.processors = new Processors(invoker, order.procedure());
        this.events = events;
        this.isCancelled = isStopped();
    }

    @Override
    public Sample call(int place) throws InterruptedException {
        pace.await(place);
        Purchase purchase = order.purchase(place);
        if (events != null) {
            return events.call(purchase, () -> processors.prepared(order.request(place)), reader);
        }
        Request request = processors.prepared(order.request(place));
        open.put(place, purchase);
        try {
            Response answer = invoker.invoke(request);
            if (reader.isSuccess(answer)) {
                follow(answer);
            }
            return reader.read(purchase, answer);
        } catch (LambdaFault.OutcomeUnknown e) {
            return purchase.unanswered(String.valueOf(e.getMessage()));
        }
    }

    /** The invocation is paid for and counts, whatever becomes of what follows it. */
    private void follow(Response answer) {
        try {
            processors.follow(answer);
        } catch (ProcessorFailed e) {
            unfollowed.compareAndSet(null, e);
        }
    }

    @Override
    public void arrived(List<CallResult<Sample>> results) {
        List<Sample> batch = new ArrayList<>();
        for (CallResult<Sample> result : results) {
            switch (result) {
                case CallResult.Returned<Sample> returned -> batch.add(returned.value());
                case CallResult.Threw<Sample> threw -> note(threw.failure());
                case CallResult.TimedOut<Sample> late -> overdue(late.index(), batch);
                case CallResult.NotBegun<Sample> none -> throw new IllegalStateException("cannot arrive: " + none);
            }
            open.remove(result.index());
        }
        keep(batch);
        endedCount += results.size();
        isCancelled = isStopped();
    }

    /** Somebody asked for it, or Clean has raised the token: then the execution is over, and this is what is left of it. */
    private boolean isStopped() {
        return store.isCancelRequested(order.runId()) || store.token(order.runId()) != order.token();
    }

    /** An event may run for hours yet, which the next call of the step asks for; a call that was waited for is lost. */
    private void overdue(int place, List<Sample> batch) {
        if (events != null) {
            isStillRunning = true;
        } else {
            batch.add(order.purchase(place).unanswered("no answer in the function's time-out and 30 s"));
        }
    }

    private void note(Throwable failure) {
        if (failure instanceof EventCalls.StillRunning) {
            isStillRunning = true;
        } else if (failure instanceof LambdaFault.Throttled || failure instanceof LambdaFault.NotReady) {
            noCapacity = (LambdaFault) failure;
        } else if (broken == null) {
            broken = failure;
        }
    }

    private void keep(List<Sample> batch) {
        if (!batch.isEmpty()) {
            store.putSamples(order.runId(), List.copyOf(batch));
            samples.addAll(batch);
            batch.forEach(health::accept);
        }
    }

    @Override
    public boolean isEnough() {
        return isCancelled
                || isStillRunning
                || noCapacity != null
                || broken != null
                || unfollowed.get() != null
                || health.isToStop()
                || pace.isTimeUp(endedCount);
    }

    /** Books whatever was sent and not answered when the calls were cut short: it may have been billed. */
    void settle() {
        List<Sample> lost = open.values().stream()
                .map(purchase -> purchase.unanswered("interrupted before the answer came"))
                .toList();
        open.clear();
        keep(lost);
    }

    boolean isCancelled() {
        return isCancelled;
    }

    /** What was stored in this call. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The last answer that there is no capacity, if there was one. */
    Optional<LambdaFault> noCapacity() {
        return Optional.ofNullable(noCapacity);
    }

    /** Throws what cannot be waited out. */
    void throwIfBroken() {
        Throwable failure = broken == null ? unfollowed.get() : broken;
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException("an invocation failed unexpectedly", failure);
        }
    }
}
