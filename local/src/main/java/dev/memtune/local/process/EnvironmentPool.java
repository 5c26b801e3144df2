// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The environments of all versions, idle and busy, and their bound. */
final class EnvironmentPool implements AutoCloseable {
    private final int limit;
    private final long idleLimitNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final List<Environment> idle = new ArrayList<>(); // least recently used first
    private final Set<Environment> busy = new HashSet<>();
    private int starting;
    private boolean closed;

    EnvironmentPool(int limit, long idleLimitNanos) {
        this.limit = limit;
        this.idleLimitNanos = idleLimitNanos;
    }

    /** The version's most recently used idle environment, busy from now on. */
    Optional<Environment> takeIdle(String versionArn) {
        List<Environment> dead = new ArrayList<>();
        lock.lock();
        try {
            for (int i = idle.size() - 1; i >= 0; i--) {
                Environment candidate = idle.get(i);
                if (candidate.version().versionArn().equals(versionArn)) {
                    idle.remove(i);
                    if (candidate.usable()) {
                        busy.add(candidate);
                        return Optional.of(candidate);
                    }
                    dead.add(candidate);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
            dead.forEach(Environment::close);
        }
    }

    /**
     * Waits until one more environment may be started, at the cost of the one that was idle longest. Every call is followed by
     * {@link #started} or {@link #notStarted}.
     *
     * @throws IllegalStateException if the pool is closed
     */
    void reserve() throws InterruptedException {
        Optional<Environment> evicted;
        lock.lockInterruptibly();
        try {
            while (!closed && busy.size() + starting >= limit) {
                room.await();
            }
            requireOpen();
            starting++;
            boolean full = busy.size() + starting + idle.size() > limit;
            evicted = full ? Optional.of(idle.removeFirst()) : Optional.empty();
        } finally {
            lock.unlock();
        }
        evicted.ifPresent(Environment::close);
    }

    /** The environment of a reservation; busy. */
    void started(Environment environment) {
        lock.lock();
        try {
            starting--;
            requireOpen();
            busy.add(environment);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a reservation back. */
    void notStarted() {
        lock.lock();
        try {
            starting--;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a busy environment warm, or ends it if it was retired or can serve no more. */
    void giveBack(Environment environment) {
        boolean kept;
        lock.lock();
        try {
            kept = busy.remove(environment) && !closed && environment.usable();
            if (kept) {
                environment.idleSince(System.nanoTime());
                idle.addLast(environment);
            }
            room.signal();
        } finally {
            lock.unlock();
        }
        if (!kept) {
            environment.close();
        }
    }

    /** Ends a busy environment. */
    void discard(Environment environment) {
        lock.lock();
        try {
            busy.remove(environment);
            room.signal();
        } finally {
            lock.unlock();
        }
        environment.close();
    }

    /** Ends every environment of a version. */
    void retire(String versionArn) {
        end(environment -> environment.version().versionArn().equals(versionArn), true);
    }

    /** Ends the environments that have been idle for too long at this time. */
    void endIdle(long nowNanos) {
        end(environment -> nowNanos - environment.idleSince() > idleLimitNanos, false);
    }

    private void end(Predicate<Environment> which, boolean busyToo) {
        List<Environment> ended = new ArrayList<>();
        lock.lock();
        try {
            idle.stream().filter(which).forEach(ended::add);
            if (busyToo) {
                busy.stream().filter(which).forEach(ended::add);
            }
            ended.forEach(idle::remove);
            ended.forEach(busy::remove);
            room.signalAll();
        } finally {
            lock.unlock();
        }
        ended.parallelStream().forEach(Environment::close);
    }

    /** How many environments there are, idle and busy. */
    int size() {
        lock.lock();
        try {
            return idle.size() + busy.size() + starting;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The runner is closed");
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        end(environment -> true, true);
    }
}
