// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The environments of all versions, idle and busy, and their bound. */
final class EnvironmentPool implements AutoCloseable {
    private static final long END_LIMIT_S = 30;

    private final int limit;
    private final long idleLimitNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final List<Environment> idle = new ArrayList<>(); // least recently used first
    private final Set<Environment> busy = new HashSet<>();
    private final Map<String, Integer> provisioned = new HashMap<>();
    private int starting;
    private int ending;
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
                    ending++;
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
            endAll(dead);
        }
    }

    /**
     * Waits until one more environment may be started, at the cost of the one that was idle longest. Every call is followed by
     * {@link #started} or {@link #notStarted}.
     *
     * @throws NotRun if the pool is closed
     */
    void reserve() throws InterruptedException {
        List<Environment> evicted = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            while (!closed && busy.size() + starting >= limit) {
                room.await();
            }
            if (closed) {
                throw closed();
            }
            starting++;
            if (busy.size() + starting + idle.size() > limit) {
                evicted.add(idle.removeFirst());
                ending++;
            }
        } finally {
            lock.unlock();
        }
        endAll(evicted);
    }

    /**
     * The environment of a reservation; busy.
     *
     * @throws NotRun if the pool was closed meanwhile; the environment is ended then
     */
    void started(Environment environment) {
        lock.lock();
        try {
            starting--;
            if (closed) {
                ending++;
            } else {
                busy.add(environment);
                return;
            }
        } finally {
            lock.unlock();
        }
        endAll(List.of(environment));
        throw closed();
    }

    /** Gives a reservation back. */
    void notStarted() {
        lock.lock();
        try {
            starting--;
            room.signalAll();
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
            } else {
                ending++;
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (!kept) {
            endAll(List.of(environment));
        }
    }

    /** Ends a busy environment. */
    void discard(Environment environment) {
        lock.lock();
        try {
            busy.remove(environment);
            ending++;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        endAll(List.of(environment));
    }

    /** Ends every environment of a version. */
    void retire(String versionArn) {
        end(environment -> environment.version().versionArn().equals(versionArn), true);
    }

    /** Sets how many environments of a version stay warm however long they are idle. */
    void provision(String versionArn, int environments) {
        lock.lock();
        try {
            if (environments > 0) {
                provisioned.put(versionArn, environments);
            } else {
                provisioned.remove(versionArn);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many environments of a version there are, idle and busy. */
    int count(String versionArn) {
        lock.lock();
        try {
            return Math.toIntExact(Stream.concat(idle.stream(), busy.stream())
                    .filter(environment -> environment.version().versionArn().equals(versionArn))
                    .count());
        } finally {
            lock.unlock();
        }
    }

    /** How many environments of a version are idle. */
    int idle(String versionArn) {
        lock.lock();
        try {
            return Math.toIntExact(idle.stream()
                    .filter(environment -> environment.version().versionArn().equals(versionArn))
                    .count());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the environments that have been idle for too long at this time; provisioned ones stay. */
    void endIdle(long nowNanos) {
        Map<String, Integer> kept = new HashMap<>();
        end(
                environment -> nowNanos - environment.idleSince() > idleLimitNanos
                        && kept.merge(environment.version().versionArn(), 1, Integer::sum)
                                > provisioned.getOrDefault(environment.version().versionArn(), 0),
                false);
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
            ending += ended.size();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        endAll(ended);
    }

    /** Ends environments that are counted as ending; whoever uses one gets to know it from its process's end. */
    private void endAll(List<Environment> environments) {
        environments.parallelStream().forEach(Environment::close);
        lock.lock();
        try {
            ending -= environments.size();
            room.signalAll();
        } finally {
            lock.unlock();
        }
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

    private static NotRun closed() {
        return new NotRun(NotRun.Reason.HOST, "The runner is closed; no function runs any more");
    }

    /** Ends every environment, also those that are being started, and waits for it, within a bound. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        end(environment -> true, true);
        awaitQuiet();
    }

    private void awaitQuiet() {
        long left = TimeUnit.SECONDS.toNanos(END_LIMIT_S);
        lock.lock();
        try {
            while (left > 0 && starting + ending > 0) {
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
