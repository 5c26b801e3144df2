// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up reports, and writes them in every form that the platform, an emulator or a copy has. */
final class ReportWriter {
    private static final String[] ERROR_TYPES = {"Runtime.ImportModuleError", "Sandbox.Timedout", "java.io.IOException"
    };

    private static final List<ReportStatus> STATUSES = List.of(ReportStatus.values());

    private final SplittableRandom random;

    ReportWriter(SplittableRandom random) {
        this.random = random;
    }

    String id() {
        return String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x", random.nextInt(), random.nextLong(1L << 48));
    }

    InvocationReport report(String id) {
        boolean restored = random.nextInt(4) == 0;
        boolean cold = !restored && random.nextBoolean();
        ReportStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
        boolean named = status == ReportStatus.ERROR && random.nextBoolean();
        return new InvocationReport(
                id,
                time(),
                random.nextLong(900_001),
                random.nextInt(128, 10_241),
                random.nextInt(8) == 0 ? null : (Integer) random.nextInt(1, 10_241),
                cold ? (Double) time() : null,
                restored ? (Double) time() : null,
                restored ? (Long) random.nextLong(10_000) : null,
                status,
                status != ReportStatus.SUCCESS || random.nextBoolean(),
                named ? ERROR_TYPES[random.nextInt(ERROR_TYPES.length)] : null,
                false,
                false);
    }

    private double time() {
        return random.nextInt(90_000_000) / 100.0;
    }

    /** Writes the report in any form, with its line end. */
    String write(InvocationReport report) {
        return random.nextBoolean() ? text(report) : json(report);
    }

    private String text(InvocationReport report) {
        String[] separators = {"\t", " ", "  ", "\t ", "\n"};
        String separator = separators[random.nextInt(separators.length)];
        List<String> fields = new ArrayList<>();
        addText(fields, "Duration", decimal(report.durationMs()), " ms");
        addText(fields, "Billed Duration", String.valueOf(report.billedMs()), " ms");
        addText(fields, "Memory Size", String.valueOf(report.memoryMB()), " MB");
        addText(fields, "Max Memory Used", report.maxMemoryMB(), " MB");
        addText(fields, "Init Duration", report.initMs(), " ms");
        addText(fields, "Restore Duration", report.restoreMs(), " ms");
        addText(fields, "Billed Restore Duration", report.billedRestoreMs(), " ms");
        addText(fields, "Status", report.statusStated() ? report.status().wireName() : null, "");
        addText(fields, "Error Type", report.errorType(), "");
        maybeShuffle(fields);
        String end = random.nextBoolean() ? "\n" : separator.strip() + "\r\n";
        String body = "REPORT RequestId: " + report.requestId() + separator + String.join(separator, fields);
        return colour() + body + end;
    }

    private String colour() {
        return random.nextInt(4) == 0 ? "\u001b[3" + random.nextInt(8) + "m" : "";
    }

    private String decimal(double value) {
        boolean whole = value == Math.rint(value) && random.nextBoolean();
        return whole ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static void addText(List<String> fields, String key, @Nullable Object value, String unit) {
        if (value != null) {
            fields.add(key + ": " + value + unit);
        }
    }

    private String json(InvocationReport report) {
        List<String> metrics = new ArrayList<>();
        addMember(metrics, "durationMs", decimal(report.durationMs()));
        addMember(metrics, "billedDurationMs", report.billedMs());
        addMember(metrics, "memorySizeMB", report.memoryMB());
        addMember(metrics, "maxMemoryUsedMB", report.maxMemoryMB());
        addMember(metrics, "initDurationMs", report.initMs());
        addMember(metrics, "restoreDurationMs", report.restoreMs());
        addMember(metrics, "billedRestoreDurationMs", report.billedRestoreMs());
        List<String> record = new ArrayList<>();
        addMember(record, "requestId", '"' + report.requestId() + '"');
        addMember(
                record, "status", report.statusStated() ? '"' + report.status().wireName() + '"' : null);
        addMember(record, "errorType", report.errorType() == null ? null : '"' + report.errorType() + '"');
        addMember(record, "spans", "[{\"name\":\"responseLatency\",\"durationMs\":7}]");
        String gap = random.nextBoolean() ? "" : "\n  ";
        addMember(record, "metrics", object(metrics, gap));
        List<String> outer = new ArrayList<>();
        addMember(outer, "time", "\"2026-10-08T07:30:29.470Z\"");
        addMember(outer, "type", "\"platform.report\"");
        addMember(outer, "record", object(record, gap));
        return object(outer, gap) + "\n";
    }

    private String object(List<String> members, String gap) {
        maybeShuffle(members);
        return "{" + gap + String.join("," + gap, members) + gap + "}";
    }

    private static void addMember(List<String> members, String name, @Nullable Object value) {
        if (value != null) {
            members.add('"' + name + "\":" + value);
        }
    }

    private void maybeShuffle(List<String> parts) {
        if (random.nextBoolean()) {
            Collections.shuffle(parts, new Random(random.nextLong()));
        }
    }

    /** Writes what a function might print, some of it made to deceive. */
    String noise(String id) {
        String[] lines = {
            "plain text, é and 漢字 and \uD83D\uDE00",
            "{\"level\":\"INFO\",\"requestId\":\"" + id + "\",\"message\":\"platform.report\"}",
            "{\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + id + "\"}}",
            "{\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + id
                    + "\",\"metrics\":{\"durationMs\":1,\"billedDurationMs\":1,\"memorySizeMB\":1}}}",
            "REPORT RequestId: " + id + "\tDuration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB",
            "\tDuration: 999.99 ms\tBilled Duration: 1000 ms",
            "REPORT RequestId: " + id() + "\tDuration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB",
            "{",
            "[{\"open\":\"",
            "",
            "\u001b[31m",
            "x".repeat(random.nextInt(300)),
        };
        return lines[random.nextInt(lines.length)] + (random.nextInt(4) == 0 ? "\r\n" : "\n");
    }
}
