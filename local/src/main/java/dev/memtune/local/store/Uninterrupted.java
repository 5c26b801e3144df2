// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Finishes on an interrupted thread, and leaves it interrupted. A {@link java.nio.channels.FileChannel} closes itself when
 * its thread is interrupted; but what a stopped run must write down is written by just such threads.
 */
final class Uninterrupted {
    private static final int ATTEMPTS_MAX = 100;

    private Uninterrupted() {}

    /** What is done, from its beginning after each interruption. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException, InterruptedException;
    }

    static <T> T doing(Action<T> action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                try {
                    return action.run();
                } catch (ClosedByInterruptException | FileLockInterruptionException | InterruptedException e) {
                    // Taken off the thread for the next attempt, given back at the end.
                    Thread.interrupted();
                    interrupted = true;
                }
            }
            throw new InterruptedIOException("interrupted " + ATTEMPTS_MAX + " times while writing; stop interrupting");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
