// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/** How a function's log is written: <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Log formats</a>. */
enum LogFormat {
    /** Lines of text; an END before every report, whatever became of the invocation. */
    TEXT,
    /** Records; which of them are there depends on the log level. */
    JSON
}
