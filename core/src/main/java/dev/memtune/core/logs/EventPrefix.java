// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What tools print before a log event's message on the same line: a time, the log stream, the log group, a console's
 * arrow, a comma and a quote of a CSV file, a table's bar; as {@code aws logs tail}, {@code sam logs} and exports do.
 */
final class EventPrefix {
    private static final int MAX_WORDS = 6;
    private static final int MIN_TIME_LENGTH = 6;
    /** Event ids are numbers of 56 digits. */
    private static final int MAX_TIME_LENGTH = 60;

    private static final int DAY_LENGTH = 10;
    private static final String TIME_CHARACTERS = "0123456789-:.TZ+()/[]";
    private static final byte[] LOG_GROUP = Span.ascii("/aws/");
    /** What {@code aws logs … --output text} begins an event with. */
    private static final byte[] EVENTS = Span.ascii("EVENTS");

    private static final byte[] PLATFORM = Span.ascii("\"platform.");

    private EventPrefix() {}

    /** Returns the message behind a prefix, or null if the line has no prefix. */
    static @Nullable Span strip(Span line) {
        int position = skipSeparators(line, line.from());
        for (int words = 0; words < MAX_WORDS && position < line.to(); words++) {
            int end = wordEnd(line, position);
            if (!isPrefix(line, position, end)) {
                break;
            }
            position = skipSeparators(line, end);
        }
        if (position == line.from()) {
            return null;
        }
        boolean quoted = line.at(position - 1) == '"';
        return quoted ? unquoted(line.after(position)) : line.after(position);
    }

    /**
     * Returns whether the platform lines of a text stand behind prefixes: as the START does that comes first, because the
     * function's own output follows it; else as most do.
     */
    static boolean isUsual(byte[] text) {
        Census census = new Census();
        LogLines.forEach(text, 0, (rawLine, lineEnded) -> {
            Span line = Colours.strip(rawLine);
            if (isPlatform(line)) {
                census.add(-1, TextLines.isStart(line));
            } else if (isPlatformBehindPrefix(line)) {
                Span message = strip(line);
                census.add(1, message != null && TextLines.isStart(Colours.strip(message)));
            }
        });
        return census.balance > 0;
    }

    /** How many more platform lines stand behind prefixes than without. */
    private static final class Census {
        private int balance;
        private boolean begun;
        private boolean decided;

        void add(int side, boolean start) {
            decided |= start && !begun;
            balance = begun && decided ? balance : balance + side;
            begun = true;
        }
    }

    /** Returns whether a line begins with a time or a log stream, as no line within a printed record does. */
    static boolean isAt(Span line) {
        int start = skipSeparators(line, line.from());
        int end = wordEnd(line, start);
        return start < line.to() && (isTime(line, start, end) || isLogName(line, start, end));
    }

    /** Returns whether a line is the platform's, with a prefix or without. */
    static boolean isPlatformAnyhow(Span line) {
        return isPlatform(line) || isPlatformBehindPrefix(line);
    }

    private static boolean isPlatformBehindPrefix(Span line) {
        Span message = strip(line);
        return message != null && !message.isEmpty() && isPlatform(Colours.strip(message));
    }

    private static boolean isPlatform(Span line) {
        if (line.isEmpty()) {
            return false;
        }
        return TextLines.isPlatform(line) || (JsonRecords.begins(line) && line.contains(PLATFORM));
    }

    private static boolean isPrefix(Span line, int from, int to) {
        return isTime(line, from, to)
                || isLogName(line, from, to)
                || isDecoration(line, from, to)
                || (to - from == EVENTS.length && line.hasAt(from, EVENTS));
    }

    private static boolean isTime(Span line, int from, int to) {
        int length = to - from;
        if (length < MIN_TIME_LENGTH || length > MAX_TIME_LENGTH) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (TIME_CHARACTERS.indexOf(line.at(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A log stream begins with its day, {@code 2026/11/21/[$LATEST]…}; a group, perhaps with its account, is a path. */
    private static boolean isLogName(Span line, int from, int to) {
        boolean day = to - from > DAY_LENGTH && line.at(from + 4) == '/' && line.at(from + 7) == '/';
        int path = line.indexOf(LOG_GROUP, from);
        return (day && isTime(line, from, from + DAY_LENGTH)) || (path >= from && path < to);
    }

    private static boolean isDecoration(Span line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line.at(i) >= 0 && line.at(i) != '|') {
                return false;
            }
        }
        return true;
    }

    private static int wordEnd(Span line, int start) {
        int i = start;
        while (i < line.to() && !isSeparator(line, i)) {
            i++;
        }
        return i;
    }

    private static int skipSeparators(Span line, int start) {
        int i = start;
        while (i < line.to() && isSeparator(line, i)) {
            i++;
        }
        return i;
    }

    private static boolean isSeparator(Span line, int position) {
        return line.isSpace(position) || line.at(position) == ',' || line.at(position) == '"';
    }

    /** A quoted CSV field doubles its quotes, and ends with a single one, on this line or another. */
    private static Span unquoted(Span field) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream(field.to() - field.from());
        int i = field.from();
        while (i < field.to()) {
            if (field.at(i) == '"' && (++i == field.to() || field.at(i) != '"')) {
                break;
            }
            inner.write(field.at(i));
            i++;
        }
        byte[] bytes = inner.toByteArray();
        return new Span(bytes, 0, bytes.length);
    }
}
