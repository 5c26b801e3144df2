// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the platform reports of an init or a restore ({@code INIT_REPORT}, {@code RESTORE_REPORT} and their JSON records).
 * AWS writes it on failure, and on success for SnapStart and provisioned concurrency: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Runtime environment</a>.
 *
 * @param kind init or restore
 * @param durationMs how long it took
 * @param phase for an init, within what it ran: {@code init}, {@code invoke} (again, in the invocation's own time) or
 *     {@code snap-start}; null if not stated
 * @param status how it ended; null if not stated
 * @param errorType the platform's error type; null if not stated
 */
public record PhaseReport(
        Kind kind,
        double durationMs,
        @Nullable String phase,
        @Nullable ReportStatus status,
        @Nullable String errorType) {

    /** What ran. */
    public enum Kind {
        /** The environment's initialization. */
        INIT,
        /** The restore of a snapshot. */
        RESTORE
    }

    /** @throws IllegalArgumentException if the duration is negative or not finite */
    public PhaseReport {
        requireNonNull(kind, "kind");
        if (!(durationMs >= 0) || Double.isInfinite(durationMs)) {
            throw new IllegalArgumentException("durationMs must be a finite time of at least 0 ms, got: " + durationMs);
        }
    }

    /** Returns whether this is an init that ran within an invocation, whose report then hides it in its duration. */
    public boolean isWithinInvocation() {
        return kind == Kind.INIT && "invoke".equals(phase);
    }
}
