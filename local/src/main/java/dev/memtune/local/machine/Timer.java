// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import java.time.Duration;
import java.time.InstantSource;

/** All the time that an execution knows: what it is, waiting for it, being woken by it. Safe for use by many threads. */
public interface Timer extends InstantSource {
    /**
     * Waits.
     *
     * @throws InterruptedException if the calling thread is interrupted, before or while it waits
     */
    void sleep(Duration duration) throws InterruptedException;

    /** Calls the action once, in some thread, when the time has passed. The action must be short and must not throw. */
    Alarm alarm(Duration after, Runnable action);

    /** The real time. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }

    /** Something that will happen. */
    interface Alarm {
        /** Keeps it from happening, if it has not yet. */
        void cancel();
    }
}
