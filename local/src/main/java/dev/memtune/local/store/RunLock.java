// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Keeps writers of one run apart: threads by a lock of this JVM, processes by a file lock, which the operating system
 * releases when its holder dies. It is held for one write, never while waiting for anything else.
 */
final class RunLock {
    /** File locks belong to the whole JVM, so its threads need another; runs may share one, as no thread holds two. */
    private static final List<ReentrantLock> THREADS =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    private static final Duration POLL = Duration.ofMillis(1);

    private final Duration wait;

    /** @param wait the longest wait for other threads, and for other processes */
    RunLock(Duration wait) {
        this.wait = wait;
    }

    /** What is done while nobody else writes. */
    @FunctionalInterface
    interface Guarded<T> {
        T run() throws IOException;
    }

    /**
     * Waits until nobody else writes, then acts. An interrupt does not end the wait.
     *
     * @param file the lock file, made if missing; its parent is a real path
     * @throws IOException if others keep the lock for too long
     */
    <T> T holding(Path file, Guarded<T> action) throws IOException {
        ReentrantLock threads = THREADS.get(Math.floorMod(file.hashCode(), THREADS.size()));
        if (!Uninterrupted.doing(() -> threads.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS))) {
            throw busy(file, "another thread");
        }
        try {
            FileChannel channel = Uninterrupted.doing(() -> locked(file));
            try {
                return action.run();
            } finally {
                // Releases the file lock.
                channel.close();
            }
        } finally {
            threads.unlock();
        }
    }

    private FileChannel locked(Path file) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            for (long polls = wait.dividedBy(POLL); !locked && polls >= 0; polls--) {
                locked = channel.tryLock() != null;
                if (!locked) {
                    Thread.sleep(POLL);
                }
            }
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw busy(file, "another process");
        }
        return channel;
    }

    private IOException busy(Path file, String holder) {
        return new IOException(holder + " must release " + file + " within " + wait.toMillis()
                + " ms, got no turn; see what it is doing, or stop it");
    }
}
