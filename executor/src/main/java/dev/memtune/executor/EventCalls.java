// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.logs.Attempt;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.ReportSource.Question;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures by events that are run later, whose reports are only in the function's logs. What was sent is kept before it is
 * sent, so that nothing is bought twice, and is asked for again by the next call of the step. Safe for use by many threads.
 */
final class EventCalls {
    /** From the end of an invocation until its report can be read. */
    private static final Duration LOGS_DELAY = Duration.ofMinutes(2);
    /** From a free environment to the function's first line: an init that timed out and ran again. */
    private static final Duration START_TIME = Duration.ofMinutes(1);

    private final RunStore store;
    private final FunctionInvoker invoker;
    private final ReportSource logs;
    private final InstantSource clock;
    private final String runId;
    private final String document;
    private final FunctionConfiguration function;
    private final Instant stop;
    private final Map<Integer, Sent> sent = new TreeMap<>();

    /**
     * An event on its way.
     *
     * @param requestId its id; empty if it was about to be sent and nobody knows whether it was
     * @param at when it was sent
     */
    private record Sent(String requestId, Instant at) {}

    /** What is on its way, by position; as it is kept. */
    private record SentEvents(Map<Integer, Sent> byPosition) {}

    /** The function may still be running; the next call of the step asks again. */
    static final class StillRunning extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StillRunning(String requestId) {
            super("the event " + requestId + " has no report yet");
        }
    }

    /** @param stop when the step hands back */
    EventCalls(
            RunStore store,
            FunctionInvoker invoker,
            ReportSource logs,
            InstantSource clock,
            Run run,
            String armId,
            Instant stop) {
        this.store = store;
        this.invoker = invoker;
        this.logs = logs;
        this.clock = clock;
        this.runId = run.runId();
        this.document = "sent-events-" + armId;
        this.function = run.before();
        this.stop = stop;
        store.document(runId, document)
                .map(json -> Json.read(json, SentEvents.class))
                .ifPresent(kept -> sent.putAll(kept.byPosition()));
    }

    /**
     * Sends an event unless it was sent, and waits for its report.
     *
     * @throws StillRunning if the step's time is over first
     * @throws LambdaFault if the event was not taken
     */
    Sample call(Purchase purchase, Supplier<FunctionInvoker.Request> request, SampleReader reader)
            throws InterruptedException {
        Sent event = sentBefore(purchase);
        if (event == null) {
            event = send(purchase, request.get());
        }
        if (event.requestId().isEmpty()) {
            return purchase.unanswered("it was about to be sent, and nobody knows whether it was; it may have run");
        }
        List<Attempt> attempts = logs.attempts(question(event));
        if (!attempts.isEmpty()) {
            // What ran again under the same id is a repetition of AWS's, not a measurement that was asked for.
            return reader.read(purchase, event.requestId(), attempts.getFirst());
        }
        if (clock.instant().isBefore(giveUpAt(event))) {
            throw new StillRunning(event.requestId());
        }
        return purchase.unanswered(
                "no report of " + event.requestId() + " came into the logs in time; it may have run");
    }

    private Question question(Sent event) {
        Duration left = Duration.between(clock.instant(), earlier(stop, giveUpAt(event)));
        String group = String.valueOf(function.logGroup());
        return new Question(
                group, event.requestId(), event.at().minus(START_TIME), left.isNegative() ? Duration.ZERO : left);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Instant giveUpAt(Sent event) {
        return event.at()
                .plus(FunctionInvoker.EVENT_MAX_AGE)
                .plus(START_TIME)
                .plusSeconds(function.timeoutSeconds())
                .plus(LOGS_DELAY);
    }

    private Sent send(Purchase purchase, FunctionInvoker.Request request) {
        keep(purchase, new Sent("", clock.instant()));
        try {
            Sent event = new Sent(invoker.send(request), clock.instant());
            keep(purchase, event);
            return event;
        } catch (LambdaFault.OutcomeUnknown e) {
            return new Sent("", clock.instant());
        } catch (LambdaFault e) {
            keep(purchase, null);
            throw e;
        }
    }

    private @Nullable Sent sentBefore(Purchase purchase) {
        synchronized (sent) {
            return sent.get(purchase.index());
        }
    }

    private void keep(Purchase purchase, @Nullable Sent event) {
        synchronized (sent) {
            if (event == null) {
                sent.remove(purchase.index());
            } else {
                sent.put(purchase.index(), event);
            }
            store.putDocument(runId, document, Json.write(new SentEvents(sent)));
        }
    }
}
