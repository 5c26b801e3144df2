// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import org.jspecify.annotations.Nullable;

/**
 * The values of a report, with their names in the text format (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/java-logging.html">Java logging</a>) and in the JSON format (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Telemetry schema</a>; billed restore
 * is not in the published schema, but in the records).
 */
enum ReportField {
    BILLED_RESTORE_DURATION("Billed Restore Duration", "billedRestoreDurationMs"),
    BILLED_DURATION("Billed Duration", "billedDurationMs"),
    RESTORE_DURATION("Restore Duration", "restoreDurationMs"),
    INIT_DURATION("Init Duration", "initDurationMs"),
    DURATION("Duration", "durationMs"),
    MEMORY_SIZE("Memory Size", "memorySizeMB"),
    MAX_MEMORY_USED("Max Memory Used", "maxMemoryUsedMB"),
    STATUS("Status", "status"),
    ERROR_TYPE("Error Type", "errorType"),
    PHASE("Phase", "phase");

    private static final ReportField[] ALL = values();

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out, never written
    private final byte[] key;

    private final String member;

    ReportField(String label, String member) {
        this.label = label;
        this.key = Span.ascii(label + ":");
        this.member = member;
    }

    String label() {
        return label;
    }

    int keyLength() {
        return key.length;
    }

    boolean isMemory() {
        return this == MEMORY_SIZE || this == MAX_MEMORY_USED;
    }

    boolean isWord() {
        return this == STATUS || this == ERROR_TYPE || this == PHASE;
    }

    /** Returns the field whose text key stands at the position, or null. */
    static @Nullable ReportField at(Span line, int position) {
        for (ReportField field : ALL) {
            if (line.hasAt(position, field.key)) {
                return field;
            }
        }
        return null;
    }

    /** Returns the metric of that name in the JSON format, or null. */
    static @Nullable ReportField metric(String member) {
        for (ReportField field : ALL) {
            if (!field.isWord() && field.member.equals(member)) {
                return field;
            }
        }
        return null;
    }
}
