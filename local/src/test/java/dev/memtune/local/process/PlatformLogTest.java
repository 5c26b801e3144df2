// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memtune.local.LambdaRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Telemetry API schema</a>. */
class PlatformLogTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static RunnableVersion version(LogSettings logs, Initialization initialization) {
        return new RunnableVersion(
                "arn:aws:lambda:us-east-1:000000000000:function:f:7",
                "f",
                "7",
                "python3.12",
                "h.h",
                Path.of("/code"),
                256,
                Duration.ofSeconds(3),
                Map.of(),
                new Hosting(Optional.empty(), logs, initialization));
    }

    private static PlatformLog text(Initialization initialization) {
        return PlatformLog.of(version(LogSettings.text("f"), initialization), () -> Instant.EPOCH);
    }

    private static PlatformLog json(String application, String system, Initialization initialization) {
        LogSettings logs = new LogSettings(true, Optional.of(application), Optional.of(system), "/aws/lambda/f");
        return PlatformLog.of(version(logs, initialization), () -> Instant.EPOCH);
    }

    private static List<JsonNode> records(PlatformLog log) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : log.text().lines().toList()) {
            records.add(MAPPER.readTree(line));
        }
        return records;
    }

    private static List<String> types(PlatformLog log) throws IOException {
        return records(log).stream().map(node -> node.path("type").asText()).toList();
    }

    private static Report report(OptionalDouble initMs, OptionalDouble restoreMs, Optional<Report.Failure> failure) {
        return new Report("id", 100.25, initMs, 256, 64, restoreMs, failure);
    }

    private static void invocation(PlatformLog log, Optional<Report.Failure> failure) {
        log.initStart();
        log.initDone(50.5);
        log.start("id");
        log.output("hello\n");
        log.end(report(OptionalDouble.of(50.5), OptionalDouble.empty(), failure), "");
    }

    @Test
    @LambdaRule("PLT-01")
    void textLogsStartWithInitAndEndWithTheReport() {
        PlatformLog log = text(Initialization.ON_DEMAND);
        invocation(log, Optional.empty());

        assertThat(log.text())
                .isEqualTo("INIT_START Runtime Version: python3.12.local\nSTART RequestId: id Version: 7\nhello\n"
                        + "END RequestId: id\nREPORT RequestId: id\tDuration: 100.25 ms\tBilled Duration: 151 ms\t"
                        + "Memory Size: 256 MB\tMax Memory Used: 64 MB\tInit Duration: 50.50 ms\t\n");
    }

    @Test
    @LambdaRule("PLT-02")
    void reportsInitOfProvisionedEnvironmentsOnly() {
        PlatformLog log = text(Initialization.PROVISIONED_CONCURRENCY);
        log.initDone(50.5);

        assertThat(log.text()).isEqualTo("INIT_REPORT Init Duration: 50.50 ms\tPhase: init\n");
    }

    @Test
    @LambdaRule({"SS-08", "SS-09"})
    void textLogsTellOfTheRestoringOfASnapshot() {
        PlatformLog log = text(Initialization.SNAP_START);
        log.initStart();
        log.restored(40.25);
        log.start("id");
        log.end(report(OptionalDouble.empty(), OptionalDouble.of(40.25), Optional.empty()), "");

        assertThat(log.text())
                .startsWith(
                        "RESTORE_START Runtime Version: python3.12.local\nRESTORE_REPORT Restore Duration: 40.25 ms\n")
                .contains("Billed Duration: 142 ms\t")
                .endsWith("\tRestore Duration: 40.25 ms\tBilled Restore Duration: 41 ms\t\n")
                .doesNotContain("Init Duration");
    }

    @Test
    @LambdaRule({"PLT-03", "PLT-04"})
    void jsonLogsAreRecordsOfTheTelemetryApi() throws IOException {
        PlatformLog log = json("INFO", "INFO", Initialization.ON_DEMAND);
        log.initStart();
        log.start("id");
        log.end(report(OptionalDouble.of(50.5), OptionalDouble.empty(), Optional.empty()), "");
        List<JsonNode> records = records(log);

        assertThat(types(log)).containsExactly("platform.initStart", "platform.start", "platform.report");
        assertThat(records.get(0).path("record").path("initializationType").asText())
                .isEqualTo("on-demand");
        assertThat(records.get(1).toString())
                .isEqualTo(
                        "{\"time\":\"1970-01-01T00:00:00.000Z\",\"type\":\"platform.start\",\"record\":{\"requestId\":\"id\",\"functionArn\":\"arn:aws:lambda:us-east-1:000000000000:function:f:7\",\"version\":\"7\"}}");
        assertThat(records.get(2).path("record").toString())
                .isEqualTo(
                        "{\"requestId\":\"id\",\"status\":\"success\",\"metrics\":{\"durationMs\":100.25,\"billedDurationMs\":151,\"memorySizeMB\":256,\"maxMemoryUsedMB\":64,\"initDurationMs\":50.5}}");
    }

    @ParameterizedTest
    @CsvSource({
        "DEBUG, false, 'platform.initStart,platform.initRuntimeDone,platform.initReport,platform.start,,platform.runtimeDone,platform.report'",
        "INFO, false, 'platform.initStart,platform.start,,platform.report'",
        "WARN, false, ''",
        "WARN, true, ',platform.runtimeDone,platform.report'"
    })
    @LambdaRule({"PLT-05", "PLT-06"})
    void filtersPlatformRecordsByTheSystemLevel(String level, boolean failed, String expected) throws IOException {
        PlatformLog log = json("INFO", level, Initialization.ON_DEMAND);
        log.initStart();
        log.initDone(50.5);
        log.start("id");
        log.output("{\"level\":\"INFO\"}\n");
        log.end(
                report(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        failed ? Optional.of(Report.Failure.TIMEOUT) : Optional.empty()),
                "epilogue");

        assertThat(String.join(",", types(log))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"TRACE, 4", "INFO, 3", "ERROR, 2"})
    @LambdaRule("PLT-07")
    void filtersTheFunctionsLinesByTheirLevel(String level, int kept) {
        PlatformLog log = json(level, "INFO", Initialization.ON_DEMAND);
        log.output(
                "plain text\n{\"level\":\"DEBUG\"}\n{\"level\":\"info\",\"message\":\"m\"}\n{\"level\":\"CRITICAL\"}\n");

        assertThat(log.text().lines()).hasSize(kept).contains("plain text");
    }

    @Test
    void jsonLogsTellOfTheRestoringOfASnapshot() throws IOException {
        PlatformLog log = json("INFO", "DEBUG", Initialization.SNAP_START);
        log.initStart();
        log.restored(40.25);
        log.end(report(OptionalDouble.empty(), OptionalDouble.of(40.25), Optional.empty()), "");

        assertThat(types(log))
                .containsExactly(
                        "platform.restoreStart",
                        "platform.restoreRuntimeDone",
                        "platform.restoreReport",
                        "platform.runtimeDone",
                        "platform.report");
        assertThat(records(log).getLast().path("record").path("metrics").toString())
                .contains("\"restoreDurationMs\":40.25,\"billedRestoreDurationMs\":41");
    }

    @Test
    @LambdaRule("PLT-08")
    void tellsWhyAnInvocationFailed() throws IOException {
        PlatformLog log = json("INFO", "INFO", Initialization.ON_DEMAND);
        log.initFailed(10, "init", Report.Failure.error("Runtime.ImportModuleError"));
        log.end(
                report(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.of(Report.Failure.error("Runtime.ExitError"))),
                "");
        List<JsonNode> records = records(log);

        assertThat(records.get(1).path("record").toString())
                .contains("\"phase\":\"init\",\"status\":\"error\",\"errorType\":\"Runtime.ImportModuleError\"");
        assertThat(records.getLast().path("record").path("errorType").asText()).isEqualTo("Runtime.ExitError");
    }
}
