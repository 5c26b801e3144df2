// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What tools print before a log event's message on the same line: a time, the log stream, the log group, a console's
 * arrow, a comma and a quote of a CSV file; as {@code aws logs tail}, {@code sam logs} and exports do.
 */
final class EventPrefix {
    private static final int MAX_WORDS = 6;
    private static final int MIN_TIME_LENGTH = 6;
    private static final int MAX_TIME_LENGTH = 40;
    private static final int DAY_LENGTH = 10;
    private static final String TIME_CHARACTERS = "0123456789-:.TZ+()/";
    private static final byte[] LOG_GROUP = Span.ascii("/aws/");

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

    /** Returns whether most platform lines of a text stand behind prefixes. */
    static boolean isUsual(byte[] text) {
        AtomicInteger balance = new AtomicInteger();
        LogLines.forEach(text, 0, (line, lineEnded) -> {
            if (TextLines.isPlatform(line)) {
                balance.decrementAndGet();
                return;
            }
            Span message = strip(line);
            if (message != null && !message.isEmpty() && isPlatform(message)) {
                balance.incrementAndGet();
            }
        });
        return balance.get() > 0;
    }

    private static boolean isPlatform(Span message) {
        Span plain = Colours.strip(message);
        // A message may be nothing but colours.
        return TextLines.isPlatform(plain) || (!plain.isEmpty() && plain.at(plain.from()) == '{');
    }

    private static boolean isPrefix(Span line, int from, int to) {
        return isTime(line, from, to) || isLogName(line, from, to) || isDecoration(line, from, to);
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
            if (line.at(i) >= 0) {
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

    /** A quoted CSV field doubles its quotes, and ends with one. */
    private static Span unquoted(Span field) {
        String text =
                field.stripTrailing().text(field.from(), field.stripTrailing().to());
        String inner = text.endsWith("\"") && !text.endsWith("\"\"") ? text.substring(0, text.length() - 1) : text;
        byte[] bytes = inner.replace("\"\"", "\"").getBytes(StandardCharsets.UTF_8);
        return new Span(bytes, 0, bytes.length);
    }
}
