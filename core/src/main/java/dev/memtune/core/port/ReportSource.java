// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.logs.Attempt;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.ReportLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the report of an invocation can still be had when the answer's log tail has none: the function's output pushed it
 * out of the 4 KB, or the platform wrote it after the answer.
 */
@FunctionalInterface
public interface ReportSource {
    /** For endpoints without logs. */
    ReportSource NONE = question ->
            new ReportLookup.Missing(MissingReason.NOT_FOUND, "the tail has no report, and there are no logs to ask");

    /**
     * Asks until the report is there or the patience is over. Does not throw for a refusal: that is an answer without a
     * report, whose detail says why.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    ReportLookup find(Question question) throws InterruptedException;

    /**
     * Looks back at what a function's callers did. Does not throw for a refusal: without these a run only takes more
     * invocations.
     */
    default Past past(Lookback lookback) {
        return new Past(List.of(), "this endpoint has no logs");
    }

    /**
     * Which past invocations.
     *
     * @param logGroup the function's configured log group
     * @param versions the published versions that are wanted, at least one
     * @param since how far to look back
     * @param most how many are enough, at least 1
     */
    record Lookback(String logGroup, Set<String> versions, Instant since, int most) {
        /** @throws IllegalArgumentException if nothing is asked for */
        public Lookback {
            Objects.requireNonNull(logGroup, "logGroup");
            Objects.requireNonNull(since, "since");
            versions = Set.copyOf(versions);
            if (versions.isEmpty() || most < 1) {
                throw new IllegalArgumentException(
                        "versions must not be empty and most at least 1, got: " + versions + ", " + most);
            }
        }
    }

    /**
     * Past invocations.
     *
     * @param reports the latest last, at most as many as asked for
     * @param trouble why there may be more; empty if there was none
     */
    record Past(List<InvocationReport> reports, String trouble) {
        /** Copies the list. */
        public Past {
            reports = List.copyOf(reports);
            Objects.requireNonNull(trouble, "trouble");
        }
    }

    /**
     * Asks until a run of the request has ended or the patience is over. Does not throw for a refusal.
     *
     * @return every run that has ended, the first one first; empty if none has, or if the logs may not be read
     * @throws InterruptedException if the thread is interrupted
     */
    default List<Attempt> attempts(Question question) throws InterruptedException {
        return List.of();
    }

    /**
     * What the function's own reports of a stretch of time come to, as far as can be read in bounded time.
     *
     * @return empty if they cannot be read at all
     */
    default Optional<LogSummary> recent(String logGroup, Instant from, Instant to) {
        return Optional.empty();
    }

    /**
     * Which report.
     *
     * @param logGroup the function's configured log group
     * @param requestId the invocation's id
     * @param since no event of the invocation is older
     * @param patience how long to wait for the report to arrive in the logs, at least 0
     */
    record Question(String logGroup, String requestId, Instant since, Duration patience) {
        /** @throws IllegalArgumentException if the patience is negative */
        public Question {
            Objects.requireNonNull(logGroup, "logGroup");
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(since, "since");
            if (patience.isNegative()) {
                throw new IllegalArgumentException("patience must be at least 0, got: " + patience);
            }
        }
    }
}
