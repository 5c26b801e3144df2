// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Threads that are cancelled together. A cancelled scope cancels what is within, which looks up to it. */
final class Scope {
    private final @Nullable Scope parent;
    private final Set<Thread> threads = new HashSet<>();
    private boolean cancelled;

    private Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    static Scope root() {
        return new Scope(null);
    }

    Scope child() {
        return new Scope(this);
    }

    /** Makes the calling thread one that a cancellation interrupts. It must belong to the execution alone. */
    synchronized void join() {
        threads.add(Thread.currentThread());
        if (cancelled) {
            throw new Cancelled();
        }
    }

    synchronized void leave() {
        threads.remove(Thread.currentThread());
    }

    synchronized void cancel() {
        cancelled = true;
        threads.forEach(Thread::interrupt);
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** @throws Cancelled if this scope or one around it is cancelled */
    void check() {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.isCancelled()) {
                throw new Cancelled();
            }
        }
    }
}
