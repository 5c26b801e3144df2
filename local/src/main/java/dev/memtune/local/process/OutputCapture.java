// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects a function's standard output and error, bounded per invocation; what exceeds the bound is read and dropped, so
 * that the function never blocks on it.
 *
 * <p>Our own bootstraps end init's and each invocation's output with a mark (NUL, the request id, a newline), by which late output is told
 * from missing output; other runtimes get a short quiet time instead.
 */
final class OutputCapture {
    /** What stands for the request id in the mark at the end of init's output. */
    static final String INIT = "init";

    private static final int CHUNK_BYTES = 8192;
    private static final long QUIET_MS = 2;

    private final int limitBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StringBuilder tail = new StringBuilder();
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long droppedBytes;
    private long seenBytes;
    private boolean ended;

    OutputCapture(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Reads to the stream's end, on a thread of its own. */
    void start(InputStream output, String name) {
        Thread.ofVirtual().name("output-" + name).start(() -> copy(output));
    }

    private void copy(InputStream output) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (output) {
            for (int count = output.read(chunk); count >= 0; count = output.read(chunk)) {
                add(chunk, count);
            }
        } catch (IOException e) {
            add(("[output lost: " + e.getMessage() + "]\n").getBytes(StandardCharsets.UTF_8));
        } finally {
            end();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(byte[] line) {
        add(line, line.length);
    }

    private void add(byte[] chunk, int count) {
        lock.lock();
        try {
            int room = Math.min(count, Math.max(0, limitBytes - kept.size()));
            kept.write(chunk, 0, room);
            droppedBytes += count - room;
            seenBytes += count;
            tail.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
            tail.delete(0, Math.max(0, tail.length() - 128));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the mark of this invocation has come, the output has ended, or the time is over. */
    void awaitMark(String requestId, long limitMs) throws InterruptedException {
        String mark = mark(requestId);
        long left = TimeUnit.MILLISECONDS.toNanos(limitMs);
        lock.lockInterruptibly();
        try {
            while (left > 0 && !ended && tail.indexOf(mark) < 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the output has ended, or the time is over, as it is if a process left behind keeps the output open. */
    void awaitEnd(long limitMs) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(limitMs);
        lock.lockInterruptibly();
        try {
            while (left > 0 && !ended) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing has come for a short while, the output has ended, or the time is over. */
    void awaitQuiet(long limitMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        lock.lockInterruptibly();
        try {
            long before = -1;
            while (!ended && before != seenBytes && System.nanoTime() < end) {
                before = seenBytes;
                changed.await(QUIET_MS, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Hands out what has come since the last call, ending with a newline unless empty, without marks. */
    String take() {
        lock.lock();
        try {
            String text = kept.toString(StandardCharsets.UTF_8).replaceAll("\0memtune-end [^\\n]*\n", "");
            StringBuilder result = new StringBuilder(text);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                result.append('\n');
            }
            if (droppedBytes > 0) {
                result.append("[memtune: " + droppedBytes + " bytes of output dropped, the limit is " + limitBytes
                        + " bytes an invocation]\n");
            }
            kept = new ByteArrayOutputStream();
            droppedBytes = 0;
            return result.toString();
        } finally {
            lock.unlock();
        }
    }

    private static String mark(String requestId) {
        return "\0memtune-end " + requestId + "\n";
    }
}
