// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads any log of Lambda functions as a stream: the tail of an Invoke, what {@code aws logs} or {@code sam logs} print,
 * an export of the CloudWatch console as CSV or JSON, a pasted page. Memory is bounded, whatever the log's length. A log of
 * exactly {@link LogTail#LIMIT_BYTES} is taken for the tail of an Invoke.
 *
 * <p>Where a log has prefixes (times, log streams), only a line with one begins a message; a report within the lines that
 * follow is the function's own output. Where something is around every line, a container's name or a JSON object, only what
 * is within counts.
 */
public final class LogReader {
    /** How much of the log is looked at to tell its kind. */
    private static final int HEAD_BYTES = 64 * 1024;

    private final InvocationJournal journal;
    private final PlatformLines lines;
    private final Map<Integer, MemoryTally> tallies = new TreeMap<>();
    private boolean isAnnounced;
    private long tooLong;

    private LogReader(LogListener listener) {
        this.journal = new InvocationJournal(new LogListener() {
            @Override
            public void report(InvocationReport report) {
                tallies.computeIfAbsent(report.memoryMB(), MemoryTally::new).add(report);
                listener.report(report);
            }

            @Override
            public void phase(PhaseReport report) {
                listener.phase(report);
            }
        });
        this.lines = new PlatformLines(journal);
    }

    /**
     * Reads a log to its end.
     *
     * @param log the log; not closed
     * @param listener takes each report
     * @return the summary
     * @throws IOException if the log cannot be read
     */
    public static LogSummary read(InputStream log, LogListener listener) throws IOException {
        LogReader reader = new LogReader(requireNonNull(listener, "listener"));
        reader.readAll(new BufferedInputStream(requireNonNull(log, "log"), HEAD_BYTES));
        return reader.summary();
    }

    private void readAll(BufferedInputStream log) throws IOException {
        byte[] head = peek(log);
        LineWrapping wrapping = LineWrapping.of(head);
        if (LogTail.of(wrapping.contents(head)).beginsWithinReport()) {
            journal.flawed(null, MissingReason.CUT, "the log begins within a report");
        }
        if (head.length == LogTail.LIMIT_BYTES) {
            log.skipNBytes(LogTail.of(head).start());
        }
        if (!ExportDocument.isBegunBy(head)) {
            readLines(log, head);
        } else {
            JsonParser stopped = ExportDocument.read(log, journal);
            if (stopped != null) {
                readLines(rest(stopped, log), new byte[0]);
            }
        }
        journal.finish();
    }

    private static byte[] peek(BufferedInputStream log) throws IOException {
        log.mark(HEAD_BYTES);
        byte[] head = log.readNBytes(HEAD_BYTES);
        log.reset();
        return head;
    }

    private static InputStream rest(JsonParser stopped, InputStream log) throws IOException {
        ByteArrayOutputStream buffered = new ByteArrayOutputStream();
        stopped.releaseBuffered(buffered);
        return new SequenceInputStream(new ByteArrayInputStream(buffered.toByteArray()), log);
    }

    private void readLines(InputStream log, byte[] head) throws IOException {
        LineWrapping wrapping = LineWrapping.of(head);
        boolean hasPrefixes = EventPrefix.isUsual(wrapping.contents(head));
        LogLines.LineConsumer consumer = hasPrefixes ? this::prefixed : lines::accept;
        tooLong = LogLines.forEach(log, wrapping == LineWrapping.NONE ? consumer : unwrapping(wrapping, consumer));
        lines.finish();
    }

    private LogLines.LineConsumer unwrapping(LineWrapping wrapping, LogLines.LineConsumer consumer) {
        return (line, lineEnded) -> {
            Span content = wrapping.content(Colours.strip(line));
            if (content != null && !content.isEmpty()) {
                consumer.accept(content, lineEnded);
            } else if (TextLines.isReport(line)) {
                journal.unparsed().imitated();
            }
        };
    }

    private void prefixed(Span rawLine, boolean lineEnded) {
        Span line = Colours.strip(rawLine);
        if (lines.isOpen() && !EventPrefix.isAt(line)) {
            lines.accept(line, lineEnded);
            return;
        }
        Span message = EventPrefix.strip(line);
        if (message != null) {
            if (!message.isEmpty()) {
                lines.accept(message, lineEnded);
            }
        } else if (TextLines.isReport(line)) {
            journal.unparsed().imitated();
        } else if (isRecord(line) || ReportField.at(line, line.skipSpaces(line.from())) != null) {
            lines.accept(line, lineEnded);
        }
        isAnnounced = message != null && message.isEmpty();
    }

    /** A tool that prints records over many lines begins them below their prefix. */
    private boolean isRecord(Span line) {
        return isAnnounced && !line.isEmpty() && JsonRecords.begins(line);
    }

    private LogSummary summary() {
        return new LogSummary(
                tallies.values().stream().map(MemoryTally::summary).toList(),
                journal.unparsed().counts(tooLong));
    }
}
