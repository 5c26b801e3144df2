// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Accepted and dead events, on the disk: what was answered with 202 is not lost by a crash. */
final class EventStore {
    /** How many events may wait or run. */
    static final int MAX_QUEUED = 1_000;

    /** How many dead events are kept, the oldest go first. */
    static final int MAX_DEAD = 1_000;

    private final StateFiles<QueuedEvent> queuedFiles;
    private final StateFiles<DeadEvent> deadFiles;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, QueuedEvent> queued = new TreeMap<>();
    private final Map<String, DeadEvent> dead = new TreeMap<>();

    EventStore(Path directory) throws IOException {
        queuedFiles = new StateFiles<>(directory.resolve("queued"), "event", QueuedEvent.class);
        deadFiles = new StateFiles<>(directory.resolve("dead"), "event", DeadEvent.class);
        queuedFiles.load().forEach(event -> queued.put(event.requestId(), event));
        deadFiles.load().forEach(event -> dead.put(event.event().requestId(), event));
    }

    /** What waits or runs. */
    List<QueuedEvent> queued() {
        lock.lock();
        try {
            return List.copyOf(queued.values());
        } finally {
            lock.unlock();
        }
    }

    /** What was given up, the oldest first. */
    List<DeadEvent> dead() {
        lock.lock();
        try {
            List<DeadEvent> events = new ArrayList<>(dead.values());
            events.sort(Comparator.comparing(DeadEvent::endedAt));
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a new event, or the next state of one. @return whether there was room */
    boolean keep(QueuedEvent event) throws IOException {
        lock.lock();
        try {
            if (queued.size() >= MAX_QUEUED && !queued.containsKey(event.requestId())) {
                return false;
            }
            queuedFiles.save(event.requestId(), event);
            queued.put(event.requestId(), event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an event that has ended. */
    void end(QueuedEvent event) throws IOException {
        lock.lock();
        try {
            queuedFiles.delete(event.requestId());
            queued.remove(event.requestId());
        } finally {
            lock.unlock();
        }
    }

    /** Moves an event to the dead ones. */
    void bury(DeadEvent event) throws IOException {
        lock.lock();
        try {
            deadFiles.save(event.event().requestId(), event);
            dead.put(event.event().requestId(), event);
            end(event.event());
            if (dead.size() > MAX_DEAD) {
                forget(dead().getFirst());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the dead events. */
    void clear() throws IOException {
        for (DeadEvent event : dead()) {
            forget(event);
        }
    }

    private void forget(DeadEvent event) throws IOException {
        lock.lock();
        try {
            deadFiles.delete(event.event().requestId());
            dead.remove(event.event().requestId());
        } finally {
            lock.unlock();
        }
    }
}
