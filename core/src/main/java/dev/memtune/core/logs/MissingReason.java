// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/** Why a log has no usable report of an invocation. */
public enum MissingReason {
    /** No line of the log is a report of the invocation. */
    NOT_FOUND,
    /** The log begins or ends within the report. */
    CUT,
    /** The report is there in full, but lacks a value, or has one that cannot be. */
    MALFORMED,
    /**
     * The function runs on managed instances, whose reports state neither billed duration nor memory: <a
     * href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Telemetry schema</a>.
     */
    MANAGED_INSTANCES,
    /** The function's system log level hides reports of success. Raise it to INFO. */
    FILTERED_BY_LOG_LEVEL
}
