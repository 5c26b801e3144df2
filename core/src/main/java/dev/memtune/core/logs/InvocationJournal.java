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
 */
final class InvocationJournal implements PlatformEvents {
    /** How many invocations may be under way at once before the oldest is given up. */
    private static final int MAX_OPEN = 16_384;

    private final LogListener listener;
    private final Map<String, Entry> open = new LinkedHashMap<>();
    private final UnparsedTally unparsed = new UnparsedTally();
    private boolean framed;

    InvocationJournal(LogListener listener) {
        this.listener = listener;
    }

    private static final class Entry {
        private @Nullable InvocationReport report;
        private @Nullable MissingReason flaw;
        private @Nullable FailureSign sign;
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
    }

    @Override
    public void ended(String requestId) {
        framed = true;
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

    @Override
    public void phase(PhaseReport report) {
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
        if (report != null) {
            listener.report(entry.sign == null ? report : report.with(entry.sign));
        } else if (entry.flaw != null) {
            unparsed.missing(entry.flaw);
        } else if (entry.started || entry.ended) {
            unparsed.missing(MissingReason.NOT_FOUND);
        }
    }
}
