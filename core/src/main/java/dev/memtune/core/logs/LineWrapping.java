// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What other programs put around each line of a log. It is believed only where every line of the platform is wrapped so: else
 * what looks wrapped is the function's own output.
 */
enum LineWrapping {
    /** Nothing. */
    NONE,
    /** A container's name and a bar, as {@code docker compose} prints them. */
    CONTAINER,
    /** {@code [pod/name/container]}, as {@code kubectl logs --prefix} prints it. */
    POD,
    /** The mark of a quotation. */
    QUOTE,
    /** A JSON object whose message is the line. */
    ENVELOPE;

    private static final int MAX_NAME_LENGTH = 128;
    private static final String NAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
    private static final byte[] POD_START = Span.ascii("[pod/");
    private static final byte[] POD_END = Span.ascii("] ");

    /** Tells how the lines of a log are wrapped by its beginning. */
    static LineWrapping of(byte[] head) {
        for (LineWrapping wrapping : values()) {
            if (wrapping != NONE && wrapping.isUsual(head)) {
                return wrapping;
            }
        }
        return NONE;
    }

    /** Returns what is within, without a copy where that can be, or null if the line is not wrapped so. */
    @Nullable
    Span content(Span line) {
        if (line.isEmpty()) {
            return null;
        }
        return switch (this) {
            case NONE -> line;
            case CONTAINER -> behindContainer(line);
            case POD -> behindPod(line);
            case QUOTE -> behindQuote(line);
            case ENVELOPE -> Envelope.content(line);
        };
    }

    /** Returns what is within all lines that are wrapped so. */
    byte[] contents(byte[] text) {
        if (this == NONE) {
            return text;
        }
        ByteArrayOutputStream contents = new ByteArrayOutputStream(text.length);
        LogLines.forEach(text, 0, (line, lineEnded) -> {
            Span content = content(Colours.strip(line));
            if (content != null) {
                contents.write(content.bytes(), content.from(), content.to() - content.from());
                contents.write('\n');
            }
        });
        return contents.toByteArray();
    }

    private boolean isUsual(byte[] text) {
        Census census = new Census();
        LogLines.forEach(text, 0, (rawLine, lineEnded) -> {
            Span line = Colours.strip(rawLine);
            Span content = content(line);
            if (content != null) {
                census.wrapped |= EventPrefix.isPlatformAnyhow(Colours.strip(content));
            } else if (lineEnded) {
                census.bare |= EventPrefix.isPlatformAnyhow(line);
            }
        });
        return census.wrapped && !census.bare;
    }

    /** Whether there are lines of the platform, wrapped and not. */
    private static final class Census {
        private boolean wrapped;
        private boolean bare;
    }

    private static @Nullable Span behindContainer(Span line) {
        int end = line.from();
        while (end < line.to() && end - line.from() < MAX_NAME_LENGTH && NAME_CHARACTERS.indexOf(line.at(end)) >= 0) {
            end++;
        }
        int bar = line.skipSpaces(end);
        boolean isWrapped = end > line.from() && bar < line.to() && line.at(bar) == '|';
        return isWrapped ? behindMark(line, bar) : null;
    }

    private static @Nullable Span behindPod(Span line) {
        int end = line.startsWith(POD_START) ? line.indexOf(POD_END, line.from()) : -1;
        return end < 0 ? null : line.after(end + POD_END.length);
    }

    private static @Nullable Span behindQuote(Span line) {
        return line.at(line.from()) == '>' ? behindMark(line, line.from()) : null;
    }

    /** The mark and the one space that may follow it belong to the wrapping. */
    private static Span behindMark(Span line, int mark) {
        boolean spaced = mark + 1 < line.to() && line.isSpace(mark + 1);
        return line.after(mark + (spaced ? 2 : 1));
    }
}
