// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the platform's lines in the text format, each at the start of a line, except for END, which follows the
 * user's last output directly where that did not end its line.
 */
final class TextLines {
    /** A report copied from a web page may have its values on lines of their own, this many at most. */
    private static final int MAX_CONTINUATION_LINES = 16;

    /** Request ids are UUIDs of 36 characters; emulators have their own. */
    static final int MAX_ID_LENGTH = 128;

    private static final byte[] REPORT = Span.ascii("REPORT");
    private static final byte[] START = Span.ascii("START");
    private static final byte[] END = Span.ascii("END");
    private static final byte[] INIT_REPORT = Span.ascii("INIT_REPORT ");
    private static final byte[] RESTORE_REPORT = Span.ascii("RESTORE_REPORT ");
    private static final byte[] REQUEST_ID = Span.ascii("RequestId:");
    private static final byte[] TIMED_OUT = Span.ascii("Task timed out after ");
    private static final byte[] SIGNAL_KILLED = Span.ascii("signal: killed");
    private static final byte[] ERROR = Span.ascii("Error:");
    private static final byte[] PROCESS_EXITED = Span.ascii("Process exited before completing request");

    private final PlatformEvents events;
    private @Nullable ReportDraft open;
    private boolean openCut;
    private int continuationLines;

    TextLines(PlatformEvents events) {
        this.events = events;
    }

    /** Returns whether the line starts as only the platform's own lines do. */
    static boolean isPlatform(Span line) {
        return isReport(line)
                || isStart(line)
                || keyEnd(line, line.from(), END) >= 0
                || line.startsWith(INIT_REPORT)
                || line.startsWith(RESTORE_REPORT);
    }

    static boolean isReport(Span line) {
        return keyEnd(line, line.from(), REPORT) >= 0;
    }

    static boolean isStart(Span line) {
        return keyEnd(line, line.from(), START) >= 0;
    }

    /** Returns whether a report begins anywhere in the line. */
    static boolean hasReport(Span line) {
        for (int i = line.indexOf(REPORT, line.from()); i >= 0; i = line.indexOf(REPORT, i + 1)) {
            if (keyEnd(line, i, REPORT) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the position behind {@code WORD RequestId:}, or -1; copies have several spaces where AWS has one. */
    private static int keyEnd(Span line, int start, byte[] word) {
        if (!line.hasAt(start, word)) {
            return -1;
        }
        int gap = start + word.length;
        int key = line.skipSpaces(gap);
        return key > gap && line.hasAt(key, REQUEST_ID) ? key + REQUEST_ID.length : -1;
    }

    void accept(Span line, boolean lineEnded) {
        if (open != null && continues(line, lineEnded)) {
            return;
        }
        finish();
        int report = keyEnd(line, line.from(), REPORT);
        int start = keyEnd(line, line.from(), START);
        if (report >= 0) {
            report(line, report, lineEnded);
        } else if (start >= 0) {
            String id = id(line, start);
            if (id != null) {
                events.started(id);
            }
        } else if (line.startsWith(INIT_REPORT)) {
            phase(PhaseReport.Kind.INIT, line.after(line.from() + INIT_REPORT.length), lineEnded);
        } else if (line.startsWith(RESTORE_REPORT)) {
            phase(PhaseReport.Kind.RESTORE, line.after(line.from() + RESTORE_REPORT.length), lineEnded);
        } else if (line.startsWith(REQUEST_ID)) {
            failure(line);
        } else {
            endOrTimeout(line);
        }
    }

    /** Tells of a report whose values may have gone on. */
    void finish() {
        ReportDraft draft = open;
        if (draft != null) {
            open = null;
            draft.finish(openCut, events);
        }
    }

    private void report(Span line, int keyEnd, boolean lineEnded) {
        ReportDraft draft = new ReportDraft();
        int start = line.skipSpaces(keyEnd);
        int end = line.skipWord(start);
        boolean idCut = !lineEnded && end == line.to();
        if (end == start || end - start > MAX_ID_LENGTH || idCut) {
            events.flawed(
                    null, lineEnded ? MissingReason.MALFORMED : MissingReason.CUT, "the report has no request id");
            return;
        }
        draft.requestId(line.text(start, end));
        boolean cut = new TextFields(line.after(end), lineEnded).readInto(draft);
        if (draft.isComplete() || !lineEnded) {
            draft.finish(cut, events);
        } else {
            open = draft;
            openCut = false;
            continuationLines = 0;
        }
    }

    private boolean continues(Span line, boolean lineEnded) {
        ReportDraft draft = open;
        int start = line.skipSpaces(line.from());
        if (draft == null || continuationLines >= MAX_CONTINUATION_LINES || ReportField.at(line, start) == null) {
            return false;
        }
        continuationLines++;
        openCut = new TextFields(line.after(start), lineEnded).readInto(draft);
        return true;
    }

    private void phase(PhaseReport.Kind kind, Span fields, boolean lineEnded) {
        ReportDraft draft = new ReportDraft();
        new TextFields(fields, lineEnded).readInto(draft);
        PhaseReport report =
                draft.finishPhase(kind, kind == PhaseReport.Kind.INIT ? draft.initMs() : draft.restoreMs());
        if (report != null) {
            events.phase(report);
        }
    }

    private void failure(Span line) {
        String id = id(line, line.from() + REQUEST_ID.length);
        if (id == null) {
            return;
        }
        int text = line.skipSpaces(line.skipWord(line.skipSpaces(line.from() + REQUEST_ID.length)));
        if (line.hasAt(text, PROCESS_EXITED)) {
            events.failed(id, FailureSign.EXITED);
        } else if (line.hasAt(text, ERROR)) {
            events.failed(id, line.indexOf(SIGNAL_KILLED, text) >= 0 ? FailureSign.KILLED : FailureSign.EXITED);
        }
    }

    private void endOrTimeout(Span line) {
        int end = lastEnd(line);
        if (end >= 0) {
            String id = id(line, keyEnd(line, end, END));
            if (id != null) {
                events.ended(id, LogFormat.TEXT);
            }
            return;
        }
        timeout(line);
    }

    /** Returns where "END RequestId: id" stands at the end of the line, or -1. */
    private static int lastEnd(Span line) {
        Span stripped = line.stripTrailing();
        int id = stripped.to();
        while (id > stripped.from() && stripped.to() - id <= MAX_ID_LENGTH && !stripped.isSpace(id - 1)) {
            id--;
        }
        int start = id;
        while (start > stripped.from() && stripped.isSpace(start - 1)) {
            start--;
        }
        int gap = start - REQUEST_ID.length;
        while (gap > stripped.from() && stripped.isSpace(gap - 1)) {
            gap--;
        }
        int word = gap - END.length;
        boolean isEnd = id < stripped.to() && word >= stripped.from() && keyEnd(stripped, word, END) == start;
        return isEnd ? word : -1;
    }

    /** Recognises {@code [time] id Task timed out after n seconds}, before or behind the report. */
    private void timeout(Span line) {
        int word = line.skipSpaces(line.from());
        for (int words = 0; words < 2 && word < line.to(); words++) {
            int end = line.skipWord(word);
            int next = line.skipSpaces(end);
            if (line.hasAt(next, TIMED_OUT) && end - word <= MAX_ID_LENGTH) {
                events.failed(line.text(word, end), FailureSign.TIMED_OUT);
                return;
            }
            word = next;
        }
    }

    private static @Nullable String id(Span line, int keyEnd) {
        int start = line.skipSpaces(keyEnd);
        int end = line.skipWord(start);
        return end == start || end - start > MAX_ID_LENGTH ? null : line.text(start, end);
    }
}
