// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts bytes at their line ends; a carriage return before one belongs to it. */
final class LogLines {
    /** The longest line that is looked at, the most that a log event holds; the rest of a longer one is passed over. */
    static final int MAX_LINE_BYTES = 1024 * 1024;

    private static final int CHUNK_BYTES = 64 * 1024;

    /** Takes one line after the other. */
    interface LineConsumer {
        void accept(Span line, boolean lineEnded);
    }

    private LogLines() {}

    static void forEach(byte[] bytes, int start, LineConsumer consumer) {
        int from = start;
        while (from < bytes.length) {
            int to = lineEnd(bytes, from);
            consumer.accept(line(bytes, from, to), to < bytes.length);
            from = to + 1;
        }
    }

    /**
     * Takes a stream line by line, in memory bounded by the longest line.
     *
     * @return how many lines were longer than {@link #MAX_LINE_BYTES}, of which only so much was passed on
     */
    static long forEach(InputStream stream, LineConsumer consumer) throws IOException {
        byte[] bytes = new byte[CHUNK_BYTES];
        int length = 0;
        long tooLong = 0;
        boolean skipping = false;
        for (int read = stream.read(bytes); read >= 0; read = stream.read(bytes, length, bytes.length - length)) {
            length += read;
            int from = wholeLines(bytes, length, length - read, skipping, consumer);
            skipping &= from == 0;
            System.arraycopy(bytes, from, bytes, 0, length - from);
            length -= from;
            if (length == MAX_LINE_BYTES) {
                if (!skipping) {
                    consumer.accept(line(bytes, 0, length), false);
                    tooLong++;
                }
                skipping = true;
                length = 0;
            } else if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(2 * length, MAX_LINE_BYTES));
            }
        }
        if (length > 0 && !skipping) {
            consumer.accept(line(bytes, 0, length), false);
        }
        return tooLong;
    }

    /** Passes on the lines that have ended, the first perhaps not, and returns where the one begins that has not. */
    private static int wholeLines(byte[] bytes, int length, int searched, boolean skipFirst, LineConsumer consumer) {
        int from = 0;
        boolean skip = skipFirst;
        for (int i = searched; i < length; i++) {
            if (bytes[i] == '\n') {
                if (!skip) {
                    consumer.accept(line(bytes, from, i), true);
                }
                skip = false;
                from = i + 1;
            }
        }
        return from;
    }

    private static Span line(byte[] bytes, int from, int to) {
        boolean returned = to > from && bytes[to - 1] == '\r';
        return new Span(bytes, from, returned ? to - 1 : to);
    }

    /** Returns the position of the next line feed, or the end. */
    static int lineEnd(byte[] bytes, int start) {
        int i = start;
        while (i < bytes.length && bytes[i] != '\n') {
            i++;
        }
        return i;
    }
}
