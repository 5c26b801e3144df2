// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogListener;
import dev.memtune.core.logs.LogReader;
import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.PlainLog;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;

/** A log of any length. One of at most {@link LogTail#LIMIT_BYTES} may be the raw tail of an Invoke. */
final class LogInput {
    private final InputStream stream;
    private final byte[] head;

    private LogInput(InputStream stream, byte[] head) {
        this.stream = stream;
        this.head = head;
    }

    /** @param stream the log, perhaps packed; not closed */
    static LogInput of(InputStream stream) throws IOException {
        InputStream plain = PlainLog.of(stream);
        return new LogInput(plain, plain.readNBytes(LogTail.LIMIT_BYTES + 1));
    }

    private boolean isPerhapsTail() {
        return head.length <= LogTail.LIMIT_BYTES;
    }

    /** Reads the log to its end. */
    LogSummary read(LogListener listener) throws IOException {
        return LogReader.read(new SequenceInputStream(new ByteArrayInputStream(head), stream), listener);
    }

    /**
     * Reads the log to its end in search of one invocation, of whose reports, if it was retried, the last one counts.
     *
     * @return the report, or why there is none, and the summary of the whole log
     */
    Search search(String requestId) throws IOException {
        LastOf last = new LastOf(requestId);
        LogSummary summary = read(last);
        ReportLookup inTail = isPerhapsTail() ? LogTail.of(head).find(requestId, SystemLogLevel.UNKNOWN) : notFound();
        boolean elsewhere = inTail instanceof ReportLookup.Missing missing
                && missing.reason() == MissingReason.NOT_FOUND
                && last.report != null;
        return new Search(elsewhere && last.report != null ? new ReportLookup.Found(last.report) : inTail, summary);
    }

    private static ReportLookup notFound() {
        return new ReportLookup.Missing(MissingReason.NOT_FOUND, "the log has no report with this request id");
    }

    /**
     * What a search came to.
     *
     * @param lookup the report, or why there is none
     * @param summary of the whole log
     */
    record Search(ReportLookup lookup, LogSummary summary) {}

    private static final class LastOf implements LogListener {
        private final String requestId;
        private @Nullable InvocationReport report;

        LastOf(String requestId) {
            this.requestId = requestId;
        }

        @Override
        public void report(InvocationReport found) {
            if (found.requestId().equals(requestId)) {
                report = found;
            }
        }
    }
}
