// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * The end of a log as Invoke returns it with {@code LogType=Tail}: up to 4 KB, perhaps cut in the middle of a line or of a
 * character.
 *
 * <p>The report of an invocation is found by its request id, at the start of a line; the last one counts, because the
 * platform writes it when the function's own output is done. So output that imitates a report is not taken for it.
 */
public final class LogTail {
    /** What Invoke returns at most: <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>. */
    public static final int LIMIT_BYTES = 4_096;

    private static final byte[] BILLED_TEXT = Span.ascii("Billed Duration:");
    private static final byte[] BILLED_JSON = Span.ascii("\"billedDurationMs\"");

    private static final String REPORT_KEY = "REPORT RequestId: ";
    private static final int MIN_REPORT_KEY = 6;

    private final byte[] bytes;
    private final int firstLineEnd;

    private LogTail(byte[] bytes) {
        this.bytes = bytes;
        this.firstLineEnd = LogLines.lineEnd(bytes, 0);
    }

    /**
     * Looks at a tail, without a copy.
     *
     * @param bytes the decoded tail; not to be changed while this is in use
     * @throws NullPointerException if it is null
     */
    public static LogTail of(byte[] bytes) {
        return new LogTail(requireNonNull(bytes, "bytes"));
    }

    /**
     * Finds the report of an invocation.
     *
     * @param requestId the invocation's id
     * @param level the function's system log level, {@link SystemLogLevel#UNKNOWN} if it is not known or has none
     * @return the report, or why there is none
     */
    public ReportLookup find(String requestId, SystemLogLevel level) {
        requireNonNull(level, "level");
        TailSearch search = new TailSearch(requireNonNull(requestId, "requestId"));
        PlatformLines lines = new PlatformLines(search);
        LogLines.forEach(bytes, start(), lines::accept);
        lines.finish();
        return search.outcome(evidence(requestId), level);
    }

    /**
     * Returns where the first line begins that is believed. A full tail begins anywhere within a line, so what looks like a
     * report's start may be the middle of other output.
     */
    int start() {
        boolean isDoubtful = bytes.length >= LIMIT_BYTES && bytes[0] != '{' && bytes[0] != '[';
        return isDoubtful ? Math.min(firstLineEnd + 1, bytes.length) : 0;
    }

    private TailSearch.Evidence evidence(String requestId) {
        return () -> {
            if (beginsWithinReport()) {
                return MissingReason.CUT;
            }
            if (endsWithinReportKey()) {
                return MissingReason.CUT;
            }
            return speaksJsonWithoutPlatform(requestId) ? MissingReason.FILTERED_BY_LOG_LEVEL : MissingReason.NOT_FOUND;
        };
    }

    boolean beginsWithinReport() {
        Span first = new Span(bytes, 0, firstLineEnd);
        boolean text = first.contains(BILLED_TEXT) && !TextLines.hasReport(first);
        return text || (first.contains(BILLED_JSON) && !isRecord(first));
    }

    private static boolean isRecord(Span line) {
        Span message = EventPrefix.strip(line);
        return JsonRecords.begins(line) || (message != null && !message.isEmpty() && JsonRecords.begins(message));
    }

    private boolean endsWithinReportKey() {
        int start = bytes.length;
        while (start > 0 && bytes[start - 1] != '\n' && bytes.length - start <= REPORT_KEY.length()) {
            start--;
        }
        String last = new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
        return last.length() >= MIN_REPORT_KEY && (REPORT_KEY.startsWith(last) || last.startsWith(REPORT_KEY));
    }

    /** The function logs JSON under this id, and yet the platform, which would at least have told of the start, is silent. */
    private boolean speaksJsonWithoutPlatform(String requestId) {
        Span all = new Span(bytes, 0, bytes.length);
        byte[] quotedId = ('"' + requestId + '"').getBytes(StandardCharsets.UTF_8);
        return bytes.length > 0
                && bytes.length < LIMIT_BYTES
                && bytes[0] == '{'
                && all.contains(quotedId)
                && !all.contains(Span.ascii("\"platform."));
    }
}
