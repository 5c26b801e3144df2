// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Lambda's JSON format: one object a line, in the shape of the Telemetry API, filtered by level.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Telemetry API schema</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html">Log-level
 *     filtering</a>
 */
final class JsonLog implements PlatformLog {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final RunnableVersion version;
    private final InstantSource clock;
    private final StringBuilder text = new StringBuilder();

    JsonLog(RunnableVersion version, InstantSource clock) {
        this.version = version;
        this.clock = clock;
    }

    @Override
    public void output(String lines) {
        lines.lines().filter(this::isKept).forEach(line -> text.append(line).append('\n'));
    }

    /** Only lines that tell their level can be filtered by it; the filter hides nothing else. */
    private boolean isKept(String line) {
        if (!line.startsWith("{")) {
            return true;
        }
        try {
            JsonNode level = MAPPER.readTree(line).path("level");
            Optional<LogLevel> known = LogLevel.of(level.asText());
            return known.map(l -> l.passes(version.hosting().logs().applicationLevel()))
                    .orElse(true);
        } catch (JsonProcessingException e) {
            return true; // a line that only looks like JSON
        }
    }

    @Override
    public void append(String lines) {
        text.append(lines);
    }

    @Override
    public void initStart() {
        boolean restore = version.hosting().initialization() == Initialization.SNAP_START;
        ObjectNode entry = initRecord("init")
                .put("functionName", version.functionName())
                .put("functionVersion", version.version())
                .put("runtimeVersion", version.runtime() + ".local");
        write(LogLevel.INFO, restore ? "platform.restoreStart" : "platform.initStart", entry);
    }

    @Override
    public void initDone(double ms) {
        boolean onDemand = version.hosting().initialization() == Initialization.ON_DEMAND;
        write(LogLevel.DEBUG, "platform.initRuntimeDone", initRecord("init").put("status", "success"));
        ObjectNode report = initRecord("init").put("status", "success");
        report.putObject("metrics").put("durationMs", rounded(ms));
        write(onDemand ? LogLevel.DEBUG : LogLevel.INFO, "platform.initReport", report);
    }

    @Override
    public void restored(double ms) {
        write(
                LogLevel.DEBUG,
                "platform.restoreRuntimeDone",
                MAPPER.createObjectNode().put("status", "success"));
        ObjectNode report = MAPPER.createObjectNode().put("status", "success");
        report.putObject("metrics").put("durationMs", rounded(ms));
        write(LogLevel.INFO, "platform.restoreReport", report);
    }

    @Override
    public void initFailed(double ms, String phase, Report.Failure failure) {
        write(LogLevel.WARN, "platform.initRuntimeDone", failed(initRecord(phase), failure));
        ObjectNode report = failed(initRecord(phase), failure);
        report.putObject("metrics").put("durationMs", rounded(ms));
        write(LogLevel.WARN, "platform.initReport", report);
    }

    @Override
    public void start(String requestId) {
        ObjectNode entry = MAPPER.createObjectNode()
                .put("requestId", requestId)
                .put("functionArn", version.versionArn().replaceAll("@.*", ""))
                .put("version", version.version());
        write(LogLevel.INFO, "platform.start", entry);
    }

    @Override
    public void end(Report report, String epilogue) {
        boolean success = report.failure().isEmpty();
        ObjectNode done = status(MAPPER.createObjectNode().put("requestId", report.requestId()), report);
        done.putObject("metrics").put("durationMs", rounded(report.durationMs()));
        write(success ? LogLevel.DEBUG : LogLevel.WARN, "platform.runtimeDone", done);
        ObjectNode entry = status(MAPPER.createObjectNode().put("requestId", report.requestId()), report);
        ObjectNode metrics = entry.putObject("metrics")
                .put("durationMs", rounded(report.durationMs()))
                .put("billedDurationMs", report.billedMs())
                .put("memorySizeMB", report.memoryMB())
                .put("maxMemoryUsedMB", report.maxMemoryUsedMB());
        report.initMs().ifPresent(ms -> metrics.put("initDurationMs", rounded(ms)));
        report.restoreMs().ifPresent(ms -> metrics.put("restoreDurationMs", rounded(ms))
                .put("billedRestoreDurationMs", report.billedRestoreMs()));
        write(success ? LogLevel.INFO : LogLevel.WARN, "platform.report", entry);
    }

    private static ObjectNode status(ObjectNode entry, Report report) {
        return report.failure().map(failure -> failed(entry, failure)).orElseGet(() -> entry.put("status", "success"));
    }

    private static ObjectNode failed(ObjectNode entry, Report.Failure failure) {
        entry.put("status", failure.status());
        failure.errorType().ifPresent(type -> entry.put("errorType", type));
        return entry;
    }

    private ObjectNode initRecord(String phase) {
        return MAPPER.createObjectNode()
                .put("initializationType", version.hosting().initialization().wireName())
                .put("phase", phase);
    }

    private static double rounded(double ms) {
        return Math.round(ms * 1000) / 1000.0;
    }

    private void write(LogLevel level, String type, ObjectNode entry) {
        if (!level.passes(version.hosting().logs().systemLevel())) {
            return;
        }
        ObjectNode line = MAPPER.createObjectNode()
                .put("time", TIME.format(clock.instant()))
                .put("type", type);
        line.set("record", entry);
        text.append(line).append('\n');
    }

    @Override
    public String text() {
        return text.toString();
    }
}
