// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.nio.charset.StandardCharsets;

/** A stretch of bytes of a log, not copied. Positions are those of the array. */
final class Span {
    private final byte[] bytes;
    private final int from;
    private final int to;

    Span(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean isEmpty() {
        return from >= to;
    }

    byte at(int position) {
        return bytes[position];
    }

    boolean isSpace(int position) {
        byte b = bytes[position];
        return b == ' ' || b == '\t' || b == '\r';
    }

    /** Returns whether the text stands at the position, all of it within this span. */
    boolean hasAt(int position, byte[] text) {
        if (position + text.length > to) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[position + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(byte[] text) {
        return hasAt(from, text);
    }

    /** Returns the first position of the text at or after a position, or -1. */
    int indexOf(byte[] text, int start) {
        byte first = text[0];
        for (int i = start; i <= to - text.length; i++) {
            if (bytes[i] == first && hasAt(i, text)) {
                return i;
            }
        }
        return -1;
    }

    boolean contains(byte[] text) {
        return indexOf(text, from) >= 0;
    }

    /** Returns the first position at or after a position that is no space or tab, or the end. */
    int skipSpaces(int start) {
        int i = start;
        while (i < to && isSpace(i)) {
            i++;
        }
        return i;
    }

    /** Returns the first position at or after a position that is a space or tab, or the end. */
    int skipWord(int start) {
        int i = start;
        while (i < to && !isSpace(i)) {
            i++;
        }
        return i;
    }

    Span after(int position) {
        return new Span(bytes, position, to);
    }

    /** Returns this span without spaces, tabs and carriage returns at its end. */
    Span stripTrailing() {
        int end = to;
        while (end > from && isSpace(end - 1)) {
            end--;
        }
        return end == to ? this : new Span(bytes, from, end);
    }

    String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
