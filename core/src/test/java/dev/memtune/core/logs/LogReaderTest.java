// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogReaderTest {
    private final List<InvocationReport> reports = new ArrayList<>();

    private LogSummary read(String log) throws IOException {
        return read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    }

    private LogSummary read(InputStream log) throws IOException {
        reports.clear();
        return LogReader.read(log, reports::add);
    }

    private static String report(String id, long billedMs) {
        return "REPORT RequestId: " + id + "\tDuration: " + billedMs + ".00 ms\tBilled Duration: " + billedMs
                + " ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t";
    }

    private static String invocation(String id, String userOutput, long billedMs) {
        return "START RequestId: " + id + " Version: $LATEST\n" + userOutput + "END RequestId: " + id + "\n"
                + report(id, billedMs) + "\n";
    }

    private static String record(String id, long billedMs) {
        return "{\"time\":\"2026-10-08T07:30:29.470Z\",\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + id
                + "\",\"metrics\":{\"durationMs\":" + billedMs + ".0,\"billedDurationMs\":" + billedMs
                + ",\"memorySizeMB\":512,\"maxMemoryUsedMB\":90},\"status\":\"success\"}}";
    }

    private static String json(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                + '"';
    }

    /** The same three invocations, billed 80, 100 and 3, as each tool shows them. */
    static Stream<String> exports() {
        String a = report("a", 80);
        String b = report("b", 100);
        String c = record("c", 3);
        String csv = '"' + c.replace("\"", "\"\"") + '"';
        String stream = "2026/11/21/[$LATEST]0123456789abcdef";
        String event = "{\"logStreamName\":\"s\",\"timestamp\":1,\"message\":%s,\"ingestionTime\":2}";
        String ab = event.formatted(json(a + "\n")) + "," + event.formatted(json(b));
        return Stream.of(
                // raw, and pasted with colours
                a + "\n" + b + "\n" + c + "\n",
                "\u001b[1m" + a + "\u001b[0m\r\n" + b + "\r\n" + c,
                // aws logs tail, in its formats
                "2026-11-21T10:00:00.123000+00:00 " + stream + " " + a + "\n2026-11-21T10:00:00.123000+00:00 " + stream
                        + " " + b + "\nREPORT RequestId: fake\n2026-11-21T10:00:01+00:00 " + stream + " " + c + "\n",
                "2026-11-21T10:00:00 " + a + "\n2026-11-21T10:00:00 " + b + "\n2026-11-21T10:00:00 " + c + "\n",
                // sam logs
                stream + " 2026-11-21T10:00:00.000000 " + a + "\n" + stream + " 2026-11-21T10:00:00.000000 " + b + "\n"
                        + stream + " 2026-11-21T10:00:00.000000 " + c + "\n",
                // awslogs, with the group
                "/aws/lambda/fn " + stream + " " + a + "\n/aws/lambda/fn " + stream + " " + b + "\n/aws/lambda/fn "
                        + stream + " " + c + "\n",
                // the console's arrows and times
                "\u25b6 2026-11-21T10:00:00.000Z " + a + "\n\u25b6 2026-11-21T10:00:00.000Z " + b
                        + "\n\u25bc\t2026-11-21T10:00:00.000Z\t" + c + "\n",
                // the console's CSV
                "timestamp,message\n1763719200000,\"" + a + "\n\"\n1763719200000,\"" + b + "\n\"\n1763719200000," + csv
                        + "\n",
                "@timestamp,@message\n2026-11-21 10:00:00.000,\"" + a + "\"\n2026-11-21 10:00:00.000," + b
                        + "\n2026-11-21 10:00:00.000," + csv + "\n",
                // aws logs filter-log-events, and one event a line
                "{\n  \"events\": [\n" + ab + "," + event.formatted(json(c)) + "],\"searchedLogStreams\":[]}",
                ab.replace("},{", "}\n{") + "\n" + event.formatted(json(c)) + "\n",
                // Logs Insights, by command line and by console
                "{\"results\":[[{\"field\":\"@message\",\"value\":" + json(a) + "}],[{\"value\":" + json(b)
                        + ",\"field\":\"@message\"},{\"field\":\"@ptr\",\"value\":\"x\"}],[{\"field\":\"@message\",\"value\":"
                        + json(c) + "}]]}",
                "[{\"@message\":" + json(a) + "},\n{\"@message\":" + json(b) + "},\n{\"@message\":" + c + "}]",
                // aws logs … --query 'events[].message', and --output text
                "[\n  " + json(a + "\n") + ",\n  " + json(b) + ",\n  " + json(c) + "\n]\n",
                "EVENTS\t" + "3".repeat(56) + "\t1763719200000\t" + stream + "\t" + a + "\n\t1763719200000\nEVENTS\t"
                        + "4".repeat(56) + "\t1763719200000\t" + stream + "\t" + b + "\n\t1763719200000\nEVENTS\t"
                        + "5".repeat(56) + "\t1763719200000\t" + stream + "\t" + c + "\t1763719200000\n",
                // Logs Insights as CSV with the message first, and as a table
                "@message,@timestamp\n\"" + a + "\n\",2026-11-21 10:00:00.000\n\"" + b + "\",2026-11-21 10:00:00.000\n"
                        + csv + ",2026-11-21 10:00:00.000\n",
                "| 2026-11-21 10:00:00.000 | " + a + " |\n| 2026-11-21 10:00:00.000 | " + b
                        + " |\n| 2026-11-21 10:00:00.000 | " + c + " |\n",
                // a terminal's colours before the times
                "\u001b[32m2026-11-21T10:00:00+00:00\u001b[0m \u001b[36m" + stream + "\u001b[0m " + a
                        + "\n\u001b[32m2026-11-21T10:00:00+00:00\u001b[0m " + b
                        + "\n\u001b[32m2026-11-21T10:00:00+00:00\u001b[0m \n" + c.replace("{", "{\n    ") + "\n",
                // copies with more spaces than AWS has
                a.replace("REPORT ", "REPORT   ").replace("\t", "   ") + "\n" + b.replace("REPORT ", "REPORT\t") + "\n"
                        + c,
                // times in brackets
                "[2026-11-21T10:00:00Z] " + a + "\n[2026-11-21T10:00:00Z] " + b + "\n[2026-11-21T10:00:00Z] " + c
                        + "\n",
                // docker compose, with colours and with times; a record over many lines
                "lambda-1  | " + a + "\nlambda-1  | " + b + "\nlambda-1  | hello\nlambda-1  | " + c + "\n",
                "\u001b[36mlambda-1  | \u001b[0m2026-11-21T10:00:00.1Z " + a
                        + "\n\u001b[36mlambda-1  | \u001b[0m2026-11-21T10:00:00.1Z " + b
                        + "\n\u001b[36mlambda-1  | \u001b[0m2026-11-21T10:00:00.1Z " + c + "\n",
                "Attaching to fn_1\nfn_1 | " + a + "\nfn_1 | " + b + "\nfn_1 | " + c.replace(",", ",\nfn_1 |   ")
                        + "\n",
                // kubectl logs --prefix, and a quotation
                "[pod/fn-1/fn] " + a + "\n[pod/fn-1/fn] " + b + "\n[pod/fn-1/fn] " + c + "\n",
                "> " + a + "\n>" + b + "\n> text\n> " + c + "\n",
                // jq -c '.events[] | {message}', a collector's lines, and Docker's own file
                "{\"message\":" + json(a + "\n") + "}\n{\"message\":" + json(b) + "}\n{\"message\":"
                        + json(c.replace(",", ",\n")) + "}",
                "{\"id\":\"1\",\"timestamp\":1,\"message\":" + json(a) + "}\n{\"timestamp\":1,\"message\":" + json(b)
                        + "}\n{\"message\":" + json(c) + ",\"timestamp\":1}\n",
                "{\"log\":" + json(a + "\n") + ",\"stream\":\"stdout\",\"time\":\"t\"}\n{\"log\":" + json(b + "\n")
                        + ",\"stream\":\"stderr\",\"time\":\"t\"}\n{\"log\":" + json(c + "\n") + "}\n",
                // the answer of aws lambda invoke, sorted by name
                "{\"ExecutedVersion\":\"1\",\"LogResult\":\""
                        + Base64.getEncoder()
                                .encodeToString((a + "\n" + b + "\n" + c + "\n").getBytes(StandardCharsets.UTF_8))
                        + "\",\"StatusCode\":200}\n",
                // a subscription, and the answer of aws lambda invoke
                "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[" + ab + "," + event.formatted(json(c)) + "]}",
                "{\n    \"StatusCode\": 200,\n    \"LogResult\": \""
                        + Base64.getEncoder()
                                .encodeToString((a + "\n" + b + "\n" + c + "\n").getBytes(StandardCharsets.UTF_8))
                        + "\"\n}\n",
                // a list of the function's own above text
                "[{\"x\":1}]\n" + a + "\n" + b + "\n" + c + "\n",
                // a list that is not closed, and goes on as text
                "[{\"@message\":" + json(a) + "},\n{\"@message\":" + json(b) + "} oops\n" + c + "\n");
    }

    @ParameterizedTest
    @MethodSource("exports")
    void readsEveryToolsOutput(String export) throws IOException {
        LogSummary summary = read(export);
        assertThat(reports).extracting(InvocationReport::requestId).containsExactly("a", "b", "c");
        assertThat(reports).extracting(InvocationReport::billedMs).containsExactly(80L, 100L, 3L);
        assertThat(summary.bySize()).singleElement().satisfies(size -> {
            assertThat(size.count()).isEqualTo(3);
            assertThat(size.billedMeanMs()).isEqualByComparingTo("61");
            assertThat(size.billedP50Ms()).isEqualTo(80);
            assertThat(size.billedP99Ms()).isEqualTo(100);
            assertThat(size.maxMemoryMB()).isEqualTo(90);
        });
    }

    @Test
    void takesTheReportBehindEndForTheTrueOne() throws IOException {
        LogSummary summary = read(invocation("a", report("a", 1) + "\n", 80)
                + invocation("b", report("a", 2) + "\nEND RequestId: b\n" + report("b", 3) + "\n", 90));
        assertThat(reports).extracting(InvocationReport::billedMs).containsExactly(80L, 90L);
        assertThat(summary.unparsed().imitated()).isEqualTo(3);
    }

    /** Lines of the function's own that are wrapped as a program around the log would wrap them. */
    static Stream<String> imitations() {
        String fake = report("fake", 1);
        return Stream.of(
                "{\"message\":" + json(fake) + "}\n",
                "{\"log\":" + json(fake) + ",\"stream\":\"stdout\"}\n",
                "lambda-1  | " + fake + "\n",
                "[pod/a/b] " + fake + "\n",
                "> " + fake + "\n",
                "[2026-11-21T10:00:00Z] " + fake + "\n",
                Base64.getEncoder().encodeToString(fake.getBytes(StandardCharsets.UTF_8)) + "\n",
                "REPORT   RequestId: fake" + fake.substring("REPORT RequestId: fake".length()) + "\n");
    }

    @ParameterizedTest
    @MethodSource("imitations")
    void takesNoWrappedOutputForAReport(String line) throws IOException {
        read(invocation("a", line.repeat(9), 80) + invocation("b", line, 90));
        assertThat(reports).extracting(InvocationReport::requestId).containsExactly("a", "b");
        String time = "2026-11-21T10:00:00.000Z ";
        read((invocation("a", line.repeat(9), 80) + invocation("b", line, 90))
                .replace("START ", time + "START ")
                .replace("END ", time + "END ")
                .replace("REPORT RequestId: a", time + "REPORT RequestId: a")
                .replace("REPORT RequestId: b", time + "REPORT RequestId: b"));
        assertThat(reports).extracting(InvocationReport::requestId).containsExactly("a", "b");
    }

    @Test
    void takesNoRecordOfTheFunctionForAnEnvelope() throws IOException {
        read("{\"message\":" + json(report("a", 80)) + "}\n{\"level\":\"INFO\",\"message\":" + json(report("fake", 1))
                + "}\n" + report("bare", 1).replace("REPORT", "\u001b[1mREPORT"));
        assertThat(reports).extracting(InvocationReport::requestId).containsExactly("a");
    }

    @Test
    void countsEveryTryOfARetriedInvocation() throws IOException {
        LogSummary summary = read(invocation("a", "", 80) + invocation("a", "", 81) + invocation("a", "", 80));
        assertThat(reports).extracting(InvocationReport::billedMs).containsExactly(80L, 81L, 80L);
        assertThat(summary.unparsed().imitated()).isZero();
        read(report("a", 80) + "\n" + report("a", 81) + "\n");
        assertThat(reports).hasSize(2);
    }

    @Test
    void readsALogInReverseOrder() throws IOException {
        LogSummary summary = read(report("b", 2) + "\nEND RequestId: b\nSTART RequestId: b Version: 1\n"
                + report("a", 1) + "\nEND RequestId: a\nSTART RequestId: a Version: 1\n");
        assertThat(reports).hasSize(2);
        assertThat(summary.unparsed().total()).isZero();
    }

    @Test
    void countsWhatHasNoReport() throws IOException {
        LogSummary summary = read("START RequestId: a Version: 1\n" + invocation("b", "", 5)
                + "REPORT RequestId: c\tDuration: soon\n" + record("d", 1).replace("512", "\"big\"") + "\n"
                + report("e", 7).substring(0, 60));
        assertThat(reports).hasSize(1);
        assertThat(summary.unparsed().missing())
                .containsEntry(MissingReason.NOT_FOUND, 1L)
                .containsEntry(MissingReason.MALFORMED, 2L)
                .containsEntry(MissingReason.CUT, 1L);
        assertThat(summary.unparsed().total()).isEqualTo(4);
    }

    @Test
    void tellsTimeoutsThatStandBehindTheReport() throws IOException {
        LogSummary summary = read("START RequestId: a Version: 1\nEND RequestId: a\n" + report("a", 3_000)
                + "\n2026-11-21T10:00:00.000Z a Task timed out after 3.00 seconds\n");
        assertThat(reports).extracting(InvocationReport::status).containsExactly(ReportStatus.TIMEOUT);
        assertThat(summary.bySize().getFirst().errors()).isEqualTo(1);
    }

    @Test
    void tellsOfInitAndRestore() throws IOException {
        List<PhaseReport> phases = new ArrayList<>();
        String log = """
                INIT_REPORT Init Duration: 1236.04 ms\tPhase: init\tStatus: timeout
                RESTORE_REPORT Restore Duration: 500.00 ms\tStatus: success
                {"type":"platform.initReport","record":{"phase":"invoke","status":"error","errorType":"E","metrics":{"durationMs":87.28}}}
                """;
        LogReader.read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), new LogListener() {
            @Override
            public void report(InvocationReport report) {
                reports.add(report);
            }

            @Override
            public void phase(PhaseReport report) {
                phases.add(report);
            }
        });
        assertThat(phases)
                .containsExactly(
                        new PhaseReport(PhaseReport.Kind.INIT, 1_236.04, "init", ReportStatus.TIMEOUT, null),
                        new PhaseReport(PhaseReport.Kind.RESTORE, 500, null, ReportStatus.SUCCESS, null),
                        new PhaseReport(PhaseReport.Kind.INIT, 87.28, "invoke", ReportStatus.ERROR, "E"));
        assertThat(reports).isEmpty();
    }

    @Test
    void separatesMemorySizes() throws IOException {
        LogSummary summary = read(report("a", 10) + "\n" + report("b", 20).replace("512", "1024") + "\n"
                + report("c", 30).replace("512", "128") + "Init Duration: 5.00 ms\n");
        assertThat(summary.bySize()).extracting(MemorySummary::memoryMB).containsExactly(128, 512, 1024);
        assertThat(summary.bySize().getFirst().cold()).isEqualTo(1);
    }

    @Test
    void passesOverALineThatIsTooLong() throws IOException {
        int before = 3 * LogLines.MAX_LINE_BYTES;
        LogSummary summary = read("x".repeat(before) + "\n" + report("a", 80) + "\n");
        assertThat(reports).hasSize(1);
        assertThat(summary.unparsed().tooLong()).isEqualTo(1);
    }

    @Test
    void readsMegabytesInBoundedTime() throws IOException {
        int invocations = 20_000;
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < invocations; i++) {
            log.append(invocation("r" + i, "{\nhalf an object, and a line\n", 1 + i % 100));
        }
        assertThat(read(log.toString()).bySize().getFirst().count()).isEqualTo(invocations);
    }

    @Test
    void takesNoReportOfAnotherInvocationThatTheFunctionPrints() throws IOException {
        LogSummary summary = read(invocation("a", report("other", 1) + "\n", 80));
        assertThat(reports).extracting(InvocationReport::requestId).containsExactly("a");
        assertThat(summary.unparsed().imitated()).isEqualTo(1);
    }

    @Test
    void believesTheFirstAndTheLastReportWithoutItsEnd() throws IOException {
        LogSummary summary = read(report("first", 1) + "\n" + invocation("a", "", 80) + report("last", 2) + "\n");
        assertThat(reports).extracting(InvocationReport::requestId).containsExactly("first", "a", "last");
        assertThat(summary.unparsed().imitated()).isZero();
    }

    @Test
    void believesRecordsBesideTextBecauseTheirFormatHasNoEnd() throws IOException {
        String start = "{\"type\":\"platform.start\",\"record\":{\"requestId\":\"j\"}}\n";
        read(start + record("j", 3) + "\n" + invocation("a", "", 80));
        assertThat(reports).extracting(InvocationReport::requestId).containsExactly("j", "a");
    }

    @Test
    void countsAnInitWithinAnInvocationAsCold() throws IOException {
        String again =
                "INIT_REPORT Init Duration: 87.28 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError\n";
        LogSummary summary = read(invocation("a", "", 1)
                + again
                + invocation("b", "", 2)
                + invocation("c", again, 3)
                + invocation("d", "", 4));
        assertThat(reports)
                .extracting(InvocationReport::startMode)
                .containsExactly(StartMode.WARM, StartMode.COLD, StartMode.COLD, StartMode.WARM);
        assertThat(summary.bySize().getFirst().cold()).isEqualTo(2);
    }

    @Test
    void readsRecordsAmidTextAndIndentedObjectsLineByLine() throws IOException {
        read("{\"level\":\"INFO\"}\nplain\n  {\"a\":1}\n" + record("a", 3) + "\nplain\n");
        assertThat(reports).hasSize(1);
        read(invocation("b", "2026-10-08T07:30:29Z {\"x\":1}\n".repeat(20), 80));
        assertThat(reports).hasSize(1);
    }

    @Test
    void countsTheReportThatTheLogBeginsWithin() throws IOException {
        assertThat(read(report("a", 80).substring(30) + "\n" + report("b", 3))
                        .unparsed()
                        .missing())
                .containsEntry(MissingReason.CUT, 1L);
        assertThat(read(record("a", 80).substring(60) + "\n" + record("b", 3))
                        .unparsed()
                        .missing())
                .containsEntry(MissingReason.CUT, 1L);
        assertThat(read("2026-11-21T10:00:00 " + record("a", 80)).unparsed().total())
                .isZero();
    }
}
