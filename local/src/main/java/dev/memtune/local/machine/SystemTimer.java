// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time. Its one thread rings alarms and keeps no JVM alive. */
final class SystemTimer implements Timer {
    static final SystemTimer INSTANCE = new SystemTimer();

    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("machine-alarms").factory());

    private SystemTimer() {
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant instant() {
        return InstantSource.system().instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    @Override
    public Alarm alarm(Duration after, Runnable action) {
        Future<?> ring = alarms.schedule(action, after.toMillis(), TimeUnit.MILLISECONDS);
        return () -> ring.cancel(false);
    }
}
