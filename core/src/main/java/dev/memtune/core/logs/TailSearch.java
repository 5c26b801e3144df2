// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import org.jspecify.annotations.Nullable;

/** Keeps what a tail says of one invocation: the last report, and the signs of failure around it. */
final class TailSearch implements PlatformEvents {

    /** What the tail suggests where it has neither a report nor the remains of one. */
    interface Evidence {
        MissingReason reason();
    }

    private final String requestId;
    private @Nullable InvocationReport report;
    private ReportLookup.@Nullable Missing flaw;
    private ReportLookup.@Nullable Missing anonymousFlaw;
    private @Nullable FailureSign sign;
    private boolean initWithinInvocation;
    private boolean endedSinceReport;
    private boolean reportedBehindEnd;

    TailSearch(String requestId) {
        this.requestId = requestId;
    }

    @Override
    public void started(String id) {}

    @Override
    public void ended(String id, LogFormat format) {
        endedSinceReport |= id.equals(requestId);
    }

    /** The platform's report stands behind its END: what follows without another END is an imitation. */
    @Override
    public void reported(InvocationReport candidate) {
        boolean imitated = reportedBehindEnd && !endedSinceReport;
        if (candidate.requestId().equals(requestId) && !imitated) {
            report = candidate;
            flaw = null;
            reportedBehindEnd = endedSinceReport;
            endedSinceReport = false;
        }
    }

    @Override
    public void flawed(@Nullable String id, MissingReason reason, String detail) {
        if (id == null) {
            anonymousFlaw = new ReportLookup.Missing(reason, detail);
        } else if (id.equals(requestId) && !(reportedBehindEnd && !endedSinceReport)) {
            flaw = new ReportLookup.Missing(reason, detail);
            report = null;
        }
    }

    @Override
    public void phase(PhaseReport phase) {
        initWithinInvocation |= phase.isWithinInvocation();
    }

    @Override
    public void failed(String id, FailureSign found) {
        if (id.equals(requestId) && sign != FailureSign.KILLED) {
            sign = found;
        }
    }

    ReportLookup outcome(Evidence evidence, SystemLogLevel level) {
        InvocationReport found = report;
        if (found != null) {
            return new ReportLookup.Found(complete(found));
        }
        if (flaw != null) {
            return flaw;
        }
        if (anonymousFlaw != null) {
            return anonymousFlaw;
        }
        return missing(level == SystemLogLevel.WARN ? MissingReason.FILTERED_BY_LOG_LEVEL : evidence.reason());
    }

    private InvocationReport complete(InvocationReport found) {
        InvocationReport told = sign == null ? found : found.with(sign);
        return initWithinInvocation && found.initMs() == null ? told.withInitRepeated() : told;
    }

    private static ReportLookup.Missing missing(MissingReason reason) {
        return new ReportLookup.Missing(
                reason,
                switch (reason) {
                    case NOT_FOUND -> "the log has no report with this request id";
                    case CUT -> "the log begins within the report";
                    case MALFORMED -> "the report lacks a value";
                    case MANAGED_INSTANCES -> "managed instances report neither billed duration nor memory";
                    case FILTERED_BY_LOG_LEVEL ->
                        "the function's system log level hides reports of success; set it to INFO";
                });
    }
}
