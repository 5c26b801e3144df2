// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/**
 * The function's configured system log level, which exists for the JSON log format only. A report of success is of level
 * INFO, any other of level WARN: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html">Log-level filtering</a>.
 */
public enum SystemLogLevel {
    /** The text format, or the caller does not know. */
    UNKNOWN,
    /** Everything is written. */
    DEBUG,
    /** Every report is written. */
    INFO,
    /** Reports of successful invocations are not written. */
    WARN
}
