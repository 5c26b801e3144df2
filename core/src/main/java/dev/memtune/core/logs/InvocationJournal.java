// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what a long log says of each invocation, and tells true reports from imitated ones.
 *
 * <p>The platform reports an invocation once, behind its END; so of two reports between one START and the next, that is
 * the one. An invocation that is retried has a START and a report for each try. Where a log has no START and END at all,
 * because it was filtered for reports, every report counts. A log may be in reverse order, as consoles show it.
 *
 * <p>A report with neither START nor END of its own, between the frames of others in a log of text, is the output of a
 * function: in that format the platform writes END and report together, so that only the log's first or last report can
 * have lost its END.
 */
final class InvocationJournal implements PlatformEvents {
    /** How many invocations may be under way at once before the oldest is given up. */
    private static final int MAX_OPEN = 16_384;

    private final LogListener listener;
    private final Map<String, Entry> open = new LinkedHashMap<>();
    private final UnparsedTally unparsed = new UnparsedTally();
    private boolean framed;
    private long textEnds;
    private @Nullable Entry underWay;
    private boolean initPending;

    InvocationJournal(LogListener listener) {
        this.listener = listener;
    }

    private static final class Entry {
        private @Nullable InvocationReport report;
        private @Nullable MissingReason flaw;
        private @Nullable FailureSign sign;
        private boolean amidFrames;
        private long textEndsBefore;
        private boolean initRepeated;
        private boolean started;
        private boolean ended;
        private boolean startedSinceReport;
        private boolean endedSinceReport;
        private boolean reportedAfterEnd;

        boolean isReported() {
            return report != null || flaw != null;
        }
    }

    UnparsedTally unparsed() {
        return unparsed;
    }

    @Override
    public void started(String requestId) {
        framed = true;
        Entry entry = entry(requestId);
        if (entry.isReported() && entry.started) {
            entry = renew(requestId);
        }
        entry.started = true;
        entry.startedSinceReport = entry.isReported();
        entry.initRepeated |= initPending;
        initPending = false;
        underWay = entry;
    }

    @Override
    public void ended(String requestId, LogFormat format) {
        framed = true;
        textEnds += format == LogFormat.TEXT ? 1 : 0;
        underWay = null;
        Entry entry = entry(requestId);
        entry.ended = true;
        entry.endedSinceReport = entry.isReported();
    }

    @Override
    public void reported(InvocationReport report) {
        Entry entry = entry(report.requestId());
        InvocationReport earlier = entry.report;
        if (earlier != null) {
            if (entry.startedSinceReport || (!framed && !earlier.equals(report))) {
                entry = renew(report.requestId());
            } else {
                unparsed.imitated();
                if (entry.reportedAfterEnd && !entry.endedSinceReport) {
                    return;
                }
            }
        }
        entry.report = report;
        entry.amidFrames = framed;
        entry.textEndsBefore = textEnds;
        entry.reportedAfterEnd = entry.ended;
        entry.endedSinceReport = false;
    }

    @Override
    public void flawed(@Nullable String requestId, MissingReason reason, String detail) {
        if (requestId == null) {
            unparsed.missing(reason);
        } else {
            entry(requestId).flaw = reason;
        }
    }

    /** An init within an invocation names none: it is that of the one under way, or of the next. */
    @Override
    public void phase(PhaseReport report) {
        if (report.isWithinInvocation()) {
            Entry concerned = underWay;
            initPending = concerned == null;
            if (concerned != null) {
                concerned.initRepeated = true;
            }
        }
        listener.phase(report);
    }

    @Override
    public void failed(String requestId, FailureSign sign) {
        Entry entry = entry(requestId);
        entry.sign = entry.sign == FailureSign.KILLED ? entry.sign : sign;
    }

    /** The log is at its end. */
    void finish() {
        open.values().forEach(this::settle);
        open.clear();
    }

    private Entry entry(String requestId) {
        Entry present = open.get(requestId);
        if (present != null) {
            return present;
        }
        if (open.size() >= MAX_OPEN) {
            Iterator<Entry> oldest = open.values().iterator();
            settle(oldest.next());
            oldest.remove();
        }
        Entry fresh = new Entry();
        open.put(requestId, fresh);
        return fresh;
    }

    private Entry renew(String requestId) {
        Entry done = open.remove(requestId);
        if (done != null) {
            settle(done);
        }
        return entry(requestId);
    }

    private void settle(Entry entry) {
        InvocationReport report = entry.report;
        if (report != null && isStray(entry)) {
            unparsed.imitated();
        } else if (report != null) {
            listener.report(complete(report, entry));
        } else if (entry.flaw != null) {
            unparsed.missing(entry.flaw);
        } else if (entry.started || entry.ended) {
            unparsed.missing(MissingReason.NOT_FOUND);
        }
    }

    private boolean isStray(Entry entry) {
        boolean framedItself = entry.started || entry.ended;
        return !framedItself && entry.amidFrames && textEnds > entry.textEndsBefore;
    }

    private static InvocationReport complete(InvocationReport report, Entry entry) {
        InvocationReport told = entry.sign == null ? report : report.with(entry.sign);
        return entry.initRepeated && told.initMs() == null ? told.withInitRepeated() : told;
    }
}
