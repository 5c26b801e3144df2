// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/** Cuts bytes at their line ends; a carriage return before one belongs to it. */
final class LogLines {

    /** Takes one line after the other. */
    interface LineConsumer {
        void accept(Span line, boolean lineEnded);
    }

    private LogLines() {}

    static void forEach(byte[] bytes, int start, LineConsumer consumer) {
        int from = start;
        while (from < bytes.length) {
            int to = lineEnd(bytes, from);
            boolean returned = to > from && bytes[to - 1] == '\r';
            consumer.accept(new Span(bytes, from, returned ? to - 1 : to), to < bytes.length);
            from = to + 1;
        }
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
