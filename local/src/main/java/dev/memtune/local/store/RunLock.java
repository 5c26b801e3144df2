// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

    private RunLock() {}

    /** What is done while nobody else writes. */
    @FunctionalInterface
    interface Guarded<T> {
        T run() throws IOException;
    }

    /**
     * Waits until nobody else writes, then acts.
     *
     * @param file the lock file, made if missing; its parent is a real path
     */
    static <T> T holding(Path file, Guarded<T> action) throws IOException {
        ReentrantLock threads = THREADS.get(Math.floorMod(file.hashCode(), THREADS.size()));
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock processes = channel.lock();
            try {
                return action.run();
            } finally {
                processes.release();
            }
        } finally {
            threads.unlock();
        }
    }
}
