// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.fanout;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * Makes many calls at once within bounds and returns what became of each, in order.
 *
 * <p>The calling thread conducts: it begins calls while there is room, hands over what arrives, and watches the deadline.
 * Whatever ends it (the last result, the deadline, an interrupt, an exception of a callback), every call still under way is
 * interrupted and given {@link #GRACE} to end, so that nothing goes on behind the caller's back.
 */
public final class FanOut {
    /** How long interrupted calls are waited for; after that a call that will not listen is left to its own time-out. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    private final ThreadFactory threads;
    private final InstantSource clock;

    /**
     * Creates a fan-out.
     *
     * @param threads makes one thread per call; virtual threads in production
     * @param clock tells when the deadline has passed
     */
    public FanOut(ThreadFactory threads, InstantSource clock) {
        this.threads = Objects.requireNonNull(threads, "threads");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Makes the calls 0 to {@code count - 1}.
     *
     * @return one result per call, by index
     * @throws FanOutTimeout if the deadline passed and the limits say that this fails
     * @throws InterruptedException if the calling thread was interrupted
     */
    public <T> List<CallResult<T>> callAll(int count, Limits limits, Calls<T> calls) throws InterruptedException {
        Flight<T> flight = new Flight<>(count, calls, threads);
        try {
            conduct(flight, limits);
        } finally {
            flight.interruptAll();
            flight.awaitInterrupted(clock, GRACE);
        }
        return flight.results();
    }

    private <T> void conduct(Flight<T> flight, Limits limits) throws InterruptedException {
        while (!flight.isOver()) {
            if (!clock.instant().isBefore(limits.deadline())) {
                flight.timeOut();
                failIf(limits.failOnTimeout(), flight, limits);
                return;
            }
            if (flight.inFlight() < limits.parallelism() && flight.beginNext()) {
                continue;
            }
            flight.handOver(Duration.between(clock.instant(), limits.deadline()));
        }
    }

    private static void failIf(boolean isFailure, Flight<?> flight, Limits limits) {
        if (isFailure) {
            throw new FanOutTimeout("the deadline " + limits.deadline() + " passed when " + flight.endedCount() + " of "
                    + flight.count() + " calls had ended");
        }
    }
}
