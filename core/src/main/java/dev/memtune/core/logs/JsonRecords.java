// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Finds the JSON objects that begin on a line of their own: one or several on a line, or one printed over many lines.
 * Each byte is looked at a fixed number of times, whatever the input.
 */
final class JsonRecords {
    /** The longest record that is looked at; a platform record has a few hundred bytes. */
    static final int MAX_RECORD_BYTES = 64 * 1024;

    private static final byte[] PLATFORM = Span.ascii("\"platform.");
    private static final byte[] BILLED = Span.ascii("\"billedDurationMs\"");
    private static final byte[] REPORT = Span.ascii("\"platform.report\"");

    private final PlatformEvents events;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(0);
    private Braces braces = new Braces();

    JsonRecords(PlatformEvents events) {
        this.events = events;
    }

    /** Returns whether an object that began on an earlier line is not closed yet. */
    boolean isOpen() {
        return pending.size() > 0;
    }

    /** Returns whether the line begins as a record, or a list of records, does. */
    static boolean begins(Span line) {
        boolean list = line.at(line.from()) == '[';
        int first = list ? line.skipSpaces(line.from() + 1) : line.from();
        return first < line.to() && line.at(first) == '{';
    }

    /** Takes a line that begins a record. */
    void accept(Span line, boolean lineEnded) {
        discard();
        int position = separators(line, line.from());
        // A line that closes and names nothing of the platform is the user's: most lines end here.
        if (closes(line) && !line.contains(PLATFORM)) {
            return;
        }
        while (position < line.to() && line.at(position) == '{') {
            braces = new Braces();
            int end = braces.feed(line, position);
            if (end < 0) {
                keep(line.after(position), lineEnded);
                return;
            }
            read(new Span(line.bytes(), position, end));
            position = separators(line, end);
        }
    }

    /** Takes a line within an open object. */
    void go(Span line, boolean lineEnded) {
        int end = braces.feed(line, line.from());
        if (pending.size() + line.to() - line.from() > MAX_RECORD_BYTES) {
            discard();
        } else if (end < 0) {
            keep(line, lineEnded);
        } else {
            pending.write(line.bytes(), line.from(), end - line.from());
            byte[] object = pending.toByteArray();
            pending.reset();
            read(new Span(object, 0, object.length));
        }
    }

    /** Forgets an object that was never closed. */
    void discard() {
        pending.reset();
    }

    /** The log is at its end: an open report has been cut. */
    void finish() {
        if (isOpen()) {
            byte[] object = pending.toByteArray();
            flaw(new Span(object, 0, object.length), MissingReason.CUT, "the log ends within a report");
            discard();
        }
    }

    private void keep(Span part, boolean lineEnded) {
        int length = part.to() - part.from();
        if (length > MAX_RECORD_BYTES) {
            discard();
            return;
        }
        pending.write(part.bytes(), part.from(), length);
        if (lineEnded) {
            pending.write('\n');
        }
    }

    private void read(Span object) {
        if (!object.contains(PLATFORM)) {
            return;
        }
        try {
            JsonRecord.read(object, events);
        } catch (IOException e) {
            flaw(object, MissingReason.MALFORMED, "a report is not valid JSON");
        }
    }

    private void flaw(Span object, MissingReason reason, String detail) {
        if (object.contains(REPORT) || object.contains(BILLED)) {
            events.flawed(null, reason, detail);
        }
    }

    private static int separators(Span line, int start) {
        int position = start;
        while (position < line.to() && (line.isSpace(position) || isSeparator(line.at(position)))) {
            position++;
        }
        return position;
    }

    private static boolean isSeparator(byte b) {
        return b == '[' || b == ',' || b == ']';
    }

    private static boolean closes(Span line) {
        int last = line.to() - 1;
        while (last >= line.from() && (line.isSpace(last) || line.at(last) == ',' || line.at(last) == ']')) {
            last--;
        }
        return last >= line.from() && line.at(last) == '}';
    }
}
