// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Time that passes only when somebody waits: a sleep moves the clock on and returns. For tests and demonstrations of
 * machines that wait. Threads that sleep at once add up, as if they slept one after the other.
 */
public final class VirtualTimer implements Timer {
    private final Queue<Ring> rings = new PriorityQueue<>(Comparator.comparing(Ring::time));
    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now;

    /**
     * A clock that stands still.
     *
     * @param start what the clock shows at first
     */
    public VirtualTimer(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a sleep of " + duration);
        }
        synchronized (this) {
            sleeps.add(duration);
        }
        advance(duration);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted in a sleep of " + duration);
        }
    }

    @Override
    public synchronized Alarm alarm(Duration after, Runnable action) {
        Ring ring = new Ring(now.plus(after), action);
        rings.add(ring);
        return () -> cancel(ring);
    }

    private synchronized void cancel(Ring ring) {
        rings.remove(ring);
    }

    /** Lets time pass and rings, in the calling thread, every alarm that is due. */
    public void advance(Duration duration) {
        List<Ring> due = new ArrayList<>();
        synchronized (this) {
            now = now.plus(duration);
            while (!rings.isEmpty() && !rings.element().time().isAfter(now)) {
                due.add(rings.remove());
            }
        }
        due.forEach(ring -> ring.action().run());
    }

    /** Every sleep so far, in the order in which they began. */
    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    private record Ring(Instant time, Runnable action) {}
}
