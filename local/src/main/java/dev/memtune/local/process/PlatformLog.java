// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.time.InstantSource;

/**
 * What one invocation logs, in the order of AWS: the platform's lines and, between them, the function's own.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Log formats</a>
 */
interface PlatformLog {
    /** A log in the version's format. */
    static PlatformLog of(RunnableVersion version, InstantSource clock) {
        return version.hosting().logs().json() ? new JsonLog(version, clock) : new TextLog(version);
    }

    /** What the function printed: empty or whole lines. */
    void output(String lines);

    /** What another log of the same version holds. */
    void append(String lines);

    /** An environment starts: init, or the restoring of a snapshot. */
    void initStart();

    /** Init succeeded; AWS reports that of provisioned environments and of snapshots only. */
    void initDone(double ms);

    /** A snapshot was restored. */
    void restored(double ms);

    /** Init failed; {@code phase} is {@code init} or {@code invoke}. */
    void initFailed(double ms, String phase, Report.Failure failure);

    /** The invocation starts. */
    void start(String requestId);

    /** The invocation has ended, with what text logs say after the report. */
    void end(Report report, String epilogue);

    /** All of it, in whole lines. */
    String text();
}
