// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the one who waits. */
final class Bell implements Runnable {
    private final Semaphore rung = new Semaphore(0);

    /** Rings. */
    @Override
    public void run() {
        rung.release();
    }

    /** Waits until it rings, or for this long. */
    void await(Duration most) throws InterruptedException {
        if (rung.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
