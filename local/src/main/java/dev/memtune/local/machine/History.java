// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import dev.memtune.local.machine.data.StateFailure;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the events that Step Functions would write to the history, and tells the listener of those worth telling. */
final class History {
    /**
     * The hard limit; the last event is the failure itself. Source: <a
     * href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service quotas</a>.
     */
    static final int MAX_EVENTS = 25_000;

    private final MachineListener listener;
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    History(MachineListener listener) {
        this.listener = listener;
    }

    /** @throws StateFailure States.Runtime if the history has no room for that many events more */
    void count(int events) {
        if (count.addAndGet(events) >= MAX_EVENTS) {
            throw StateFailure.runtime(
                    "The execution reached the maximum number of history events (" + MAX_EVENTS + ").");
        }
    }

    int events() {
        return Math.min(count.get(), MAX_EVENTS);
    }

    void tell(MachineEvent event) {
        oneAtATime.lock();
        try {
            listener.on(event);
        } finally {
            oneAtATime.unlock();
        }
    }
}
