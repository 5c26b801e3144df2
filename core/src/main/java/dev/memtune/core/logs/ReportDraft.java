// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import org.jspecify.annotations.Nullable;

/** The values of one report as they are read, in whatever order they come. The first of a name counts. */
final class ReportDraft {
    /** Eleven days: above what any platform can state. */
    private static final double MAX_MS = 1e9;

    private static final double MAX_MEMORY_MB = 1e6;
    /** Error types are class names; what is longer is kept up to here. */
    private static final int MAX_ERROR_TYPE_LENGTH = 256;

    private @Nullable String requestId;
    private @Nullable Double durationMs;
    private @Nullable Double billedMs;
    private @Nullable Double memoryMB;
    private @Nullable Double maxMemoryMB;
    private @Nullable Double initMs;
    private @Nullable Double restoreMs;
    private @Nullable Double billedRestoreMs;
    private @Nullable String phase;
    private @Nullable String status;
    private @Nullable String errorType;
    private @Nullable String flaw;

    void number(ReportField field, double value) {
        double limit = field.isMemory() ? MAX_MEMORY_MB : MAX_MS;
        if (!(value >= 0) || value > limit) {
            flaw(field.label() + " is out of range: " + value);
            return;
        }
        switch (field) {
            case DURATION -> durationMs = first(durationMs, value);
            case BILLED_DURATION -> billedMs = first(billedMs, value);
            case MEMORY_SIZE -> memoryMB = first(memoryMB, value);
            case MAX_MEMORY_USED -> maxMemoryMB = first(maxMemoryMB, value);
            case INIT_DURATION -> initMs = first(initMs, value);
            case RESTORE_DURATION -> restoreMs = first(restoreMs, value);
            case BILLED_RESTORE_DURATION -> billedRestoreMs = first(billedRestoreMs, value);
            case STATUS, ERROR_TYPE, PHASE -> flaw(field.label() + " is a number");
        }
    }

    void word(ReportField field, String value) {
        switch (field) {
            case STATUS -> status = status == null ? value : status;
            case ERROR_TYPE -> errorType = errorType == null ? shortened(value) : errorType;
            case PHASE -> phase = phase == null ? value : phase;
            case DURATION,
                    BILLED_DURATION,
                    MEMORY_SIZE,
                    MAX_MEMORY_USED,
                    INIT_DURATION,
                    RESTORE_DURATION,
                    BILLED_RESTORE_DURATION -> flaw(field.label() + " is not a number");
        }
    }

    private static String shortened(String value) {
        return value.substring(0, Math.min(value.length(), MAX_ERROR_TYPE_LENGTH));
    }

    private static Double first(@Nullable Double present, double value) {
        return present == null ? (Double) value : present;
    }

    /** Notes that the report cannot be trusted; the first reason counts. */
    void flaw(String reason) {
        flaw = flaw == null ? reason : flaw;
    }

    void requestId(String id) {
        requestId = id;
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    /** Returns whether everything is there that every report of an invocation has. */
    boolean isComplete() {
        return durationMs != null && billedMs != null && memoryMB != null;
    }

    /** Tells the finished report of an invocation, or what is wrong with it. */
    void finish(boolean cut, PlatformEvents events) {
        String id = requestId;
        Double duration = durationMs;
        Double billed = billedMs;
        Double memory = memoryMB;
        ReportStatus ended = status == null ? ReportStatus.SUCCESS : ReportStatus.parse(status);
        if (id == null || flaw != null || ended == null) {
            events.flawed(id, cut ? MissingReason.CUT : MissingReason.MALFORMED, describeFlaw());
        } else if (duration == null || billed == null || memory == null || memory < 1) {
            events.flawed(id, cut ? MissingReason.CUT : incompleteness(), "the report lacks " + missing());
        } else {
            events.reported(report(id, duration, billed, memory, ended));
        }
    }

    private String describeFlaw() {
        if (flaw != null) {
            return "the report is wrong: " + flaw;
        }
        return requestId == null ? "the report has no request id" : "the report has an unknown status";
    }

    private MissingReason incompleteness() {
        boolean durationOnly = durationMs != null && billedMs == null && memoryMB == null && maxMemoryMB == null;
        return durationOnly ? MissingReason.MANAGED_INSTANCES : MissingReason.MALFORMED;
    }

    private String missing() {
        StringBuilder names = new StringBuilder();
        append(names, durationMs == null, ReportField.DURATION);
        append(names, billedMs == null, ReportField.BILLED_DURATION);
        append(names, memoryMB == null || memoryMB < 1, ReportField.MEMORY_SIZE);
        return names.toString();
    }

    private static void append(StringBuilder names, boolean missing, ReportField field) {
        if (missing) {
            names.append(names.isEmpty() ? "" : ", ").append(field.label());
        }
    }

    private InvocationReport report(String id, double duration, double billed, double memory, ReportStatus ended) {
        Integer maxMemory = maxMemoryMB == null ? null : (Integer) (int) Math.ceil(maxMemoryMB);
        Long billedRestore = billedRestoreMs == null ? null : (Long) (long) Math.ceil(billedRestoreMs);
        boolean full = maxMemory != null && maxMemory >= memory && "Runtime.ExitError".equals(errorType);
        return new InvocationReport(
                id,
                duration,
                // AWS states whole milliseconds; a fraction comes from an emulator, and a begun millisecond is billed.
                (long) Math.ceil(billed),
                (int) memory,
                maxMemory,
                initMs,
                restoreMs,
                billedRestore,
                ended,
                status != null,
                errorType,
                full || "Runtime.OutOfMemory".equals(errorType),
                false);
    }

    /** Returns the finished report of a phase, or null if it is not usable. */
    @Nullable
    PhaseReport finishPhase(PhaseReport.Kind kind, @Nullable Double duration) {
        if (flaw != null || duration == null) {
            return null;
        }
        return new PhaseReport(kind, duration, phase, status == null ? null : ReportStatus.parse(status), errorType);
    }

    @Nullable
    Double durationMs() {
        return durationMs;
    }

    @Nullable
    Double initMs() {
        return initMs;
    }

    @Nullable
    Double restoreMs() {
        return restoreMs;
    }
}
