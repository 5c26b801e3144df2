// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.fanout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The calls of one fan-out; used by the conducting thread alone, but for the queue. */
final class Flight<T> {
    /** How often the deadline is looked at while nothing arrives. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final int count;
    private final Calls<T> calls;
    private final ThreadFactory threads;
    private final BlockingQueue<CallResult<T>> arrivals = new LinkedBlockingQueue<>();
    private final Map<Integer, Thread> underWay = new TreeMap<>();
    private final Map<Integer, CallResult<T>> ended = new TreeMap<>();
    private int next;
    private boolean isEnough;

    Flight(int count, Calls<T> calls, ThreadFactory threads) {
        if (count < 0) {
            throw new IllegalArgumentException("count must be at least 0, got: " + count);
        }
        this.count = count;
        this.calls = calls;
        this.threads = threads;
    }

    int count() {
        return count;
    }

    int inFlight() {
        return underWay.size();
    }

    int endedCount() {
        return ended.size();
    }

    boolean isOver() {
        return underWay.isEmpty() && (isEnough || next == count);
    }

    /** Begins the next call, if there is one and it is wanted. */
    boolean beginNext() {
        if (isEnough || next == count) {
            return false;
        }
        isEnough = calls.isEnough();
        if (isEnough) {
            return false;
        }
        int index = next++;
        Thread thread = threads.newThread(() -> arrivals.add(make(index)));
        if (thread == null) {
            throw new IllegalStateException("the thread factory made no thread for call " + index);
        }
        underWay.put(index, thread);
        thread.start();
        return true;
    }

    private CallResult<T> make(int index) {
        try {
            return new CallResult.Returned<>(index, calls.call(index));
        } catch (
                Throwable
                        e) { // Whatever it is, the conductor decides; a call that vanished would be waited for in vain.
            return new CallResult.Threw<>(index, e);
        }
    }

    /** Waits until something arrives, at most for a look's time, and hands over everything that has. */
    void handOver(Duration remaining) throws InterruptedException {
        Duration wait = remaining.compareTo(LOOK) < 0 ? remaining : LOOK;
        CallResult<T> first = arrivals.poll(Math.max(1, wait.toNanos()), TimeUnit.NANOSECONDS);
        if (first != null) {
            land(first);
        }
    }

    private void land(@Nullable CallResult<T> first) {
        List<CallResult<T>> batch = new ArrayList<>();
        if (first != null) {
            batch.add(first);
        }
        arrivals.drainTo(batch);
        for (CallResult<T> result : batch) {
            underWay.remove(result.index());
            ended.put(result.index(), result);
        }
        if (!batch.isEmpty()) {
            calls.arrived(List.copyOf(batch));
        }
    }

    /** Ends the waiting: what has arrived counts, what is under way is interrupted and is said to have timed out. */
    void timeOut() {
        land(null);
        interruptAll();
        List<CallResult<T>> late = new ArrayList<>();
        for (int index : underWay.keySet()) {
            late.add(new CallResult.TimedOut<>(index));
        }
        late.forEach(result -> ended.put(result.index(), result));
        if (!late.isEmpty()) {
            calls.arrived(List.copyOf(late));
        }
    }

    void interruptAll() {
        Collection<Thread> running = underWay.values();
        running.forEach(Thread::interrupt);
    }

    /** Waits for interrupted calls to end; an interrupt of this thread meanwhile ends the waiting and stays set. */
    void awaitInterrupted(InstantSource clock, Duration grace) {
        Instant end = clock.instant().plus(grace);
        try {
            for (Thread thread : underWay.values()) {
                Duration left = Duration.between(clock.instant(), end);
                if (!left.isPositive() || !thread.join(left)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<CallResult<T>> results() {
        List<CallResult<T>> results = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            CallResult<T> result = ended.get(index);
            results.add(result == null ? new CallResult.NotBegun<>(index) : result);
        }
        return List.copyOf(results);
    }
}
