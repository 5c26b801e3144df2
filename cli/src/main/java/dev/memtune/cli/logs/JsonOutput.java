// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.UnparsedCounts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One JSON object per report and line, and one more with what could not be read. */
final class JsonOutput implements LogOutput {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final LineOutput lines;

    JsonOutput(LineOutput lines) {
        this.lines = lines;
    }

    @Override
    public void report(InvocationReport report) {
        lines.line(object(report).toString());
    }

    @Override
    public void end(LogSummary summary) {
        lines.line(
                NODES.objectNode().set("unparsed", unparsed(summary.unparsed())).toString());
    }

    /** The members in a fixed order, null where the report does not state one. */
    private static ObjectNode object(InvocationReport report) {
        ObjectNode object = NODES.objectNode();
        object.put("requestId", report.requestId());
        putMs(object, "durationMs", report.durationMs());
        object.put("billedMs", report.billedMs());
        object.put("memoryMB", report.memoryMB());
        object.put("maxMemoryMB", report.maxMemoryMB());
        putMs(object, "initMs", report.initMs());
        putMs(object, "restoreMs", report.restoreMs());
        object.put("billedRestoreMs", report.billedRestoreMs());
        object.put("status", status(report));
        object.put("errorType", report.errorType());
        return object;
    }

    /** A text report says nothing of its success, so neither do we; a failure that a line beside it tells is known. */
    private static @Nullable String status(InvocationReport report) {
        return report.statusStated() || report.isFailed() ? report.status().wireName() : null;
    }

    private static void putMs(ObjectNode object, String name, @Nullable Double ms) {
        if (ms == null) {
            object.putNull(name);
        } else if (ms == Math.rint(ms)) {
            object.put(name, ms.longValue());
        } else {
            object.set(name, NODES.numberNode(BigDecimal.valueOf(ms)));
        }
    }

    private static ObjectNode unparsed(UnparsedCounts counts) {
        ObjectNode object = NODES.objectNode();
        object.put("total", counts.total());
        for (MissingReason reason : MissingReason.values()) {
            object.put(member(reason), counts.missing().getOrDefault(reason, 0L));
        }
        object.put("imitated", counts.imitated());
        object.put("tooLong", counts.tooLong());
        return object;
    }

    private static String member(MissingReason reason) {
        return switch (reason) {
            case NOT_FOUND -> "notFound";
            case CUT -> "cut";
            case MALFORMED -> "malformed";
            case MANAGED_INSTANCES -> "managedInstances";
            case FILTERED_BY_LOG_LEVEL -> "filteredByLogLevel";
        };
    }
}
