// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of report that AWS or an emulator is known to write, with the values a reader takes from it. */
class LogTailGoldenTest {
    private static final String ID = "57f231fb-0000-4000-8000-000000000001";

    /** A line as it is written, "ID" in place of the request id, and what it says. */
    record Golden(String name, String log, InvocationReport report) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> goldens() {
        return Stream.of(texts(), ends(), copies(), json()).flatMap(s -> s);
    }

    private static Stream<Golden> texts() {
        String warm = "REPORT RequestId: ID\tDuration: 79.67 ms\tBilled Duration: 80 ms\tMemory Size: 128 MB\t"
                + "Max Memory Used: 73 MB\t\n";
        String cold = "REPORT RequestId: ID\tDuration: 3.10 ms\tBilled Duration: 546 ms\tMemory Size: 2048 MB\t"
                + "Max Memory Used: 95 MB\tInit Duration: 542.01 ms\t\n";
        return Stream.of(
                new Golden("warm", warm, plain(79.67, 80, 128, 73)),
                new Golden("cold", cold, report(3.10, 546, 2048, 95, 542.01, null, null, ReportStatus.SUCCESS, null)),
                new Golden(
                        "with X-Ray",
                        warm
                                + "XRAY TraceId: 1-6a507b87-0cc4438344b48ef127ab1931\tSegmentId: d0025b207c551fde\tSampled: true\t\n",
                        plain(79.67, 80, 128, 73)),
                new Golden(
                        "SnapStart",
                        "REPORT RequestId: ID\tDuration: 2338.66 ms\tBilled Duration: 2521 ms\tMemory Size: 3009 MB\t"
                                + "Max Memory Used: 173 MB\tRestore Duration: 398.97 ms\tBilled Restore Duration: 182 ms\t\n",
                        report(2338.66, 2521, 3009, 173, null, 398.97, 182L, ReportStatus.SUCCESS, null)),
                new Golden(
                        "100 ms steps before December 2020",
                        "REPORT RequestId: ID\tDuration: 27.40 ms\tBilled Duration: 100 ms \tMemory Size: 1024 MB\t"
                                + "Max Memory Used: 472 MB\t\n",
                        plain(27.40, 100, 1024, 472)),
                new Golden(
                        "an emulator: init first, whole numbers",
                        "REPORT RequestId: ID\tInit Duration: 0.07 ms\tDuration: 3000 ms\tBilled Duration: 3000 ms\t"
                                + "Memory Size: 3008 MB\tMax Memory Used: 3008 MB\t\n",
                        report(3000, 3000, 3008, 3008, 0.07, null, null, ReportStatus.SUCCESS, null)));
    }

    private static Stream<Golden> ends() {
        String old = "REPORT RequestId: ID\tDuration: 3022.91 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\t"
                + "Max Memory Used: 31 MB\t\n";
        String timedOut = "2024-03-04T17:22:38.033Z ID Task timed out after 3.00 seconds\n\n";
        String init =
                "INIT_REPORT Init Duration: 87.28 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\n";
        String error = "REPORT RequestId: ID\tDuration: 133.61 ms\tBilled Duration: 134 ms\tMemory Size: 128 MB\t"
                + "Max Memory Used: 43 MB\tStatus: error\tError Type: Runtime.ImportModuleError\n";
        InvocationReport late = concluded(report(3022.91, 3000, 128, 31, null, null, null, ReportStatus.TIMEOUT, null));
        InvocationReport bad =
                report(133.61, 134, 128, 43, null, null, null, ReportStatus.ERROR, "Runtime.ImportModuleError");
        InvocationReport exited =
                concluded(report(3022.91, 3000, 128, 31, null, null, null, ReportStatus.ERROR, "Runtime.ExitError"));
        return Stream.of(
                new Golden("error", error, bad),
                new Golden("error of an init that ran again", init + error, bad.withInitRepeated()),
                new Golden("old time-out, told before", timedOut + old, late),
                new Golden("old time-out, told behind", old + timedOut, late),
                new Golden(
                        "old exit",
                        "RequestId: ID Error: Runtime exited without providing a reason\nRuntime.ExitError\n" + old,
                        exited),
                new Golden("very old exit", "RequestId: ID Process exited before completing request\n" + old, exited),
                new Golden(
                        "old out of memory",
                        "RequestId: ID Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n" + old,
                        exited.with(FailureSign.KILLED)),
                new Golden(
                        "new time-out, separated by spaces",
                        "REPORT RequestId: ID Duration: 3016.78 ms Billed Duration: 3101 ms Memory Size: 128 MB "
                                + "Max Memory Used: 30 MB Init Duration: 84.00 ms Status: timeout\n",
                        report(3016.78, 3101, 128, 30, 84.00, null, null, ReportStatus.TIMEOUT, null)),
                new Golden(
                        "error with init",
                        "REPORT RequestId: ID Duration: 133.61 ms Billed Duration: 214 ms Memory Size: 128 MB "
                                + "Max Memory Used: 31 MB Init Duration: 80.00 ms Status: error Error Type: Runtime.ExitError",
                        report(133.61, 214, 128, 31, 80.00, null, null, ReportStatus.ERROR, "Runtime.ExitError")));
    }

    private static Stream<Golden> copies() {
        return Stream.of(
                new Golden(
                        "carriage returns",
                        "START RequestId: ID Version: $LATEST\r\nEND RequestId: ID\r\nREPORT RequestId: ID\tDuration: 1.5 ms\t"
                                + "Billed Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\t\r\n",
                        plain(1.5, 2, 128, 30)),
                new Golden(
                        "colours",
                        "\u001b[32mREPORT RequestId: ID\u001b[0m\tDuration: \u001b[1m1.5\u001b[0m ms\tBilled Duration: 2 ms\t"
                                + "Memory Size: 128 MB\tMax Memory Used: 30 MB\t\u001b[0m\n",
                        plain(1.5, 2, 128, 30)),
                new Golden(
                        "line breaks for tabs",
                        """
                        REPORT RequestId: ID
                        Duration: 1.5 ms
                        Billed Duration: 546 ms
                        Memory Size: 128 MB
                        Max Memory Used: 30 MB
                        Init Duration: 542.01 ms
                        """,
                        report(1.5, 546, 128, 30, 542.01, null, null, ReportStatus.SUCCESS, null)),
                new Golden(
                        "END behind unfinished output",
                        "50 %END RequestId: ID\nREPORT RequestId: ID\tDuration: 1.5 ms\tBilled Duration: 2 ms\t"
                                + "Memory Size: 128 MB\tMax Memory Used: 30 MB\n",
                        plain(1.5, 2, 128, 30)),
                new Golden(
                        "keys of the future",
                        "REPORT RequestId: ID\tQueue Duration: 9.00 ms\tDuration: 1.5 ms\tBilled Duration: 2 ms\t"
                                + "Zone: a\tMemory Size: 128 MB\tMax Memory Used: 30 MB\n",
                        plain(1.5, 2, 128, 30)));
    }

    private static Stream<Golden> json() {
        return Stream.of(
                new Golden(
                        "JSON, cold",
                        """
                        {"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"ID","metrics":{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"maxMemoryUsedMB":123,"initDurationMs":463.512},"status":"success"}}
                        """,
                        stated(report(1233.96, 1698, 256, 123, 463.512, null, null, ReportStatus.SUCCESS, null))),
                new Golden(
                        "JSON, time-out",
                        """
                        {"time":"2026-07-09T06:05:50.581Z","type":"platform.report","record":{"requestId":"ID","metrics":{"durationMs":5000.0,"billedDurationMs":5000,"memorySizeMB":128,"maxMemoryUsedMB":94},"status":"timeout"}}
                        """,
                        report(5000, 5000, 128, 94, null, null, null, ReportStatus.TIMEOUT, null)),
                new Golden(
                        "JSON, SnapStart, members in another order",
                        """
                        {"record":{"status":"success","metrics":{"billedRestoreDurationMs":53,"restoreDurationMs":500.795,"maxMemoryUsedMB":91,"memorySizeMB":512,"billedDurationMs":201,"durationMs":147.156},"requestId":"ID"},"type":"platform.report"}
                        """,
                        stated(report(147.156, 201, 512, 91, null, 500.795, 53L, ReportStatus.SUCCESS, null))),
                new Golden(
                        "JSON, printed over lines",
                        """
                        {
                          "time": "2026-07-09T06:05:50.581Z",
                          "type": "platform.report",
                          "record": {
                            "requestId": "ID",
                            "metrics": { "durationMs": 18.593, "billedDurationMs": 19, "memorySizeMB": 2048 },
                            "spans": [
                              { "name": "responseLatency", "durationMs": 99.0 }
                            ],
                            "status": "error",
                            "errorType": "Runtime.OutOfMemory"
                          }
                        }
                        """,
                        new InvocationReport(
                                ID,
                                18.593,
                                19,
                                2048,
                                null,
                                null,
                                null,
                                null,
                                ReportStatus.ERROR,
                                true,
                                "Runtime.OutOfMemory",
                                true,
                                false)));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void readsTheReport(Golden golden) {
        assertThat(find(golden.log)).isEqualTo(new ReportLookup.Found(golden.report));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void readsTheReportAmidOtherOutput(Golden golden) {
        String noise =
                "{\"level\":\"INFO\",\"message\":\"platform.report REPORT RequestId: ID\"}\nplain é\n\tDuration: 999.99 ms\n";
        String other = "REPORT RequestId: other\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 1 MB\t\n";
        assertThat(find(noise + other + golden.log)).isEqualTo(new ReportLookup.Found(golden.report));
    }

    private static ReportLookup find(String log) {
        byte[] tail = log.replace("ID", ID).getBytes(StandardCharsets.UTF_8);
        return LogTail.of(tail).find(ID, SystemLogLevel.UNKNOWN);
    }

    private static InvocationReport plain(double durationMs, long billedMs, int memoryMB, int maxMemoryMB) {
        return report(durationMs, billedMs, memoryMB, maxMemoryMB, null, null, null, ReportStatus.SUCCESS, null);
    }

    private static InvocationReport report(
            double durationMs,
            long billedMs,
            int memoryMB,
            int maxMemoryMB,
            @Nullable Double initMs,
            @Nullable Double restoreMs,
            @Nullable Long billedRestoreMs,
            ReportStatus status,
            @Nullable String errorType) {
        return new InvocationReport(
                ID,
                durationMs,
                billedMs,
                memoryMB,
                maxMemoryMB,
                initMs,
                restoreMs,
                billedRestoreMs,
                status,
                status != ReportStatus.SUCCESS,
                errorType,
                false,
                false);
    }

    private static InvocationReport stated(InvocationReport report) {
        return withStated(report, true);
    }

    private static InvocationReport concluded(InvocationReport report) {
        return withStated(report, false);
    }

    private static InvocationReport withStated(InvocationReport report, boolean stated) {
        return new InvocationReport(
                ID,
                report.durationMs(),
                report.billedMs(),
                report.memoryMB(),
                report.maxMemoryMB(),
                report.initMs(),
                report.restoreMs(),
                report.billedRestoreMs(),
                report.status(),
                stated,
                report.errorType(),
                report.outOfMemory(),
                report.initRepeated());
    }
}
