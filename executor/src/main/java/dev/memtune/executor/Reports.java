// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import dev.memtune.core.port.FunctionInvoker.Response;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.ReportSource.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Finds the reports of invocations: in the answer's log tail, else in the function's logs. Safe for use by many threads. */
final class Reports {
    /** How long a report is waited for that the logs do not have yet; most are there within a few seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    /** After so many questions in a row without a report the logs are not asked again: each one is a wait. */
    static final int MAX_FRUITLESS = 3;

    private static final Duration START_TIME = Duration.ofMinutes(1);

    private final ReportSource logs;
    private final InstantSource clock;
    private final FunctionConfiguration function;
    private final SystemLogLevel level;
    private final AtomicInteger fruitless = new AtomicInteger();

    /** @param function tells the log level and the log group; without a log group the logs are not asked */
    Reports(ReportSource logs, InstantSource clock, FunctionConfiguration function) {
        this.logs = logs;
        this.clock = clock;
        this.function = function;
        // Versions that are measured report, whatever the function's own level is.
        this.level = function.hidesReports() ? SystemLogLevel.INFO : level(function.systemLogLevel());
    }

    private static SystemLogLevel level(@Nullable String name) {
        return switch (name == null ? "" : name) {
            case "DEBUG" -> SystemLogLevel.DEBUG;
            case "INFO" -> SystemLogLevel.INFO;
            case "WARN" -> SystemLogLevel.WARN;
            default -> SystemLogLevel.UNKNOWN;
        };
    }

    /**
     * What was found, and where.
     *
     * @param lookup the report, or why there is none
     * @param fromLogs whether it is a report that the tail did not have
     */
    record Finding(ReportLookup lookup, boolean fromLogs) {
        @Nullable
        InvocationReport report() {
            return lookup instanceof ReportLookup.Found found ? found.report() : null;
        }
    }

    Finding find(Response response) throws InterruptedException {
        ReportLookup inTail = LogTail.of(response.logTail()).find(response.requestId(), level);
        String group = function.logGroup();
        if (group == null || response.requestId().isEmpty() || !mayBeInLogs(inTail) || isFruitless()) {
            return new Finding(inTail, false);
        }
        ReportLookup inLogs = logs.find(new Question(group, response.requestId(), since(), PATIENCE));
        boolean found = inLogs instanceof ReportLookup.Found;
        fruitless.updateAndGet(before -> found ? 0 : before + 1);
        return new Finding(inLogs, found);
    }

    /** The answer has just come, so the invocation began at most its time-out and a cold start ago. */
    private Instant since() {
        return clock.instant().minusSeconds(function.timeoutSeconds()).minus(START_TIME);
    }

    private boolean isFruitless() {
        return fruitless.get() >= MAX_FRUITLESS;
    }

    /** What is wrong or hidden in the tail is so in the logs. */
    private static boolean mayBeInLogs(ReportLookup lookup) {
        return lookup instanceof ReportLookup.Missing missing
                && (missing.reason() == MissingReason.NOT_FOUND || missing.reason() == MissingReason.CUT);
    }
}
