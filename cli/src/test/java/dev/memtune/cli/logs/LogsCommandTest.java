// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.cli.Home;
import dev.memtune.cli.Memtune;
import dev.memtune.cli.Terminal;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogReader;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole command, from its arguments to what it writes and its exit code. */
class LogsCommandTest {
    private static final Path CORPUS =
            Path.of("../core/src/test/resources/dev/memtune/core/logs/LogReaderFuzzTestInputs/answersAnyLog");
    private static final String NOTHING_UNPARSED = "{\"unparsed\":{\"total\":0,\"notFound\":0,\"cut\":0,"
            + "\"malformed\":0,\"managedInstances\":0,\"filteredByLogLevel\":0,\"imitated\":0,\"tooLong\":0}}\n";
    private static final String WARM = "REPORT RequestId: warm-1\tDuration: 79.67 ms\tBilled Duration: 80 ms\t"
            + "Memory Size: 128 MB\tMax Memory Used: 73 MB\t\n";
    private static final String COLD = "REPORT RequestId: cold-1\tDuration: 3.10 ms\tBilled Duration: 546 ms\t"
            + "Memory Size: 2048 MB\tMax Memory Used: 95 MB\tInit Duration: 542.01 ms\t\n"
            + "XRAY TraceId: 1-6a507b87-0cc4438344b48ef127ab1931\tSegmentId: d0025b207c551fde\tSampled: true\t\n";
    private static final String RESTORED = "REPORT RequestId: snap-1\tDuration: 2338 ms\tBilled Duration: 2521 ms\t"
            + "Memory Size: 2048 MB\tMax Memory Used: 173 MB\tRestore Duration: 398.97 ms\tBilled Restore Duration: 182 ms\t\r\n";
    private static final String FAILED = """
            {"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"json-1",\
            "metrics":{"durationMs":5000.0,"billedDurationMs":5000,"memorySizeMB":128},\
            "status":"error","errorType":"Runtime.ExitError"}}
            """;
    private static final String SUCCEEDED = """
            {"record":{"status":"success","metrics":{"maxMemoryUsedMB":91,"memorySizeMB":128,"billedDurationMs":148,\
            "durationMs":147.156},"requestId":"json-2"},"type":"platform.report"}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private int run(byte[] input, String... arguments) {
        return run(new PrintStream(out, true, StandardCharsets.UTF_8), input, arguments);
    }

    private int run(PrintStream output, byte[] input, String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input), output, new PrintStream(err, true, StandardCharsets.UTF_8), false);
        return Memtune.run(terminal, new Home(folder, folder), arguments);
    }

    private int run(String input, String... arguments) {
        return run(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsOneLinePerInvocationAndASummaryPerMemorySize() {
        assertThat(run(WARM + COLD + RESTORED + FAILED + SUCCEEDED, "logs")).isZero();

        assertThat(output()).isEqualTo("""
                        warm-1                                  128 MB  billed     80 ms  duration     79.67 ms  used    73 MB  warm
                        cold-1                                 2048 MB  billed    546 ms  duration       3.1 ms  used    95 MB  cold, init 542.01 ms
                        snap-1                                 2048 MB  billed   2521 ms  duration      2338 ms  used   173 MB  cold, restore 398.97 ms
                        json-1                                  128 MB  billed   5000 ms  duration      5000 ms  used     - MB  warm  error Runtime.ExitError
                        json-2                                  128 MB  billed    148 ms  duration   147.156 ms  used    91 MB  warm

                          memory    count   cold errors     billed mean         p50         p95         p99  max used  cost
                          128 MB        3      0      1      1742.67 ms      148 ms     5000 ms     5000 ms     91 MB  USD 0.00001149
                         2048 MB        2      2      0      1533.50 ms      546 ms     2521 ms     2521 ms    173 MB  USD 0.00010263

                        cost: USD 0.00011413, at the rates of us-east-1 on x86_64 of 2026-09-19
                        """);
        assertThat(errors()).isEmpty();
    }

    @Test
    void printsOneObjectPerReportWithNullForWhatIsNotStated() {
        assertThat(run(WARM + COLD + RESTORED + FAILED + SUCCEEDED, "logs", "--json", "-"))
                .isZero();

        assertThat(output()).isEqualTo("""
                        {"requestId":"warm-1","durationMs":79.67,"billedMs":80,"memoryMB":128,"maxMemoryMB":73,"initMs":null,"restoreMs":null,"billedRestoreMs":null,"status":null,"errorType":null}
                        {"requestId":"cold-1","durationMs":3.1,"billedMs":546,"memoryMB":2048,"maxMemoryMB":95,"initMs":542.01,"restoreMs":null,"billedRestoreMs":null,"status":null,"errorType":null}
                        {"requestId":"snap-1","durationMs":2338,"billedMs":2521,"memoryMB":2048,"maxMemoryMB":173,"initMs":null,"restoreMs":398.97,"billedRestoreMs":182,"status":null,"errorType":null}
                        {"requestId":"json-1","durationMs":5000,"billedMs":5000,"memoryMB":128,"maxMemoryMB":null,"initMs":null,"restoreMs":null,"billedRestoreMs":null,"status":"error","errorType":"Runtime.ExitError"}
                        {"requestId":"json-2","durationMs":147.156,"billedMs":148,"memoryMB":128,"maxMemoryMB":91,"initMs":null,"restoreMs":null,"billedRestoreMs":null,"status":"success","errorType":null}
                        """ + NOTHING_UNPARSED);
    }

    @Test
    void countsWhatItCouldNotRead() {
        String managed = """
                {"type":"platform.report","record":{"requestId":"m","metrics":{"durationMs":1.5},"status":"success"}}
                """;
        String lost = "START RequestId: lost Version: $LATEST\nEND RequestId: lost\n";
        String malformed = "REPORT RequestId: bad\tDuration: x ms\tBilled Duration: 80 ms\tMemory Size: 128 MB\t\n";

        assertThat(run(managed + lost + malformed + WARM + WARM, "logs", "--json"))
                .isZero();

        assertThat(output())
                .endsWith("{\"unparsed\":{\"total\":3,\"notFound\":1,\"cut\":0,\"malformed\":1,\"managedInstances\":1,"
                        + "\"filteredByLogLevel\":0,\"imitated\":1,\"tooLong\":0}}\n");
    }

    @Test
    void takesTheReportOfOneInvocationOnly() {
        assertThat(run(WARM + COLD, "logs", "--json", "--request-id", "cold-1")).isZero();

        assertThat(output().lines()).hasSize(2).first().asString().contains("\"requestId\":\"cold-1\"");
    }

    @Test
    void takesNoImitationForTheReport() {
        String imitated = WARM.replace("80 ms", "1 ms");
        String log = "START RequestId: warm-1 Version: 1\n" + imitated + "END RequestId: warm-1\n" + WARM;
        String noise = "noise\n".repeat(LogTail.LIMIT_BYTES);

        assertThat(run(log, "logs", "--request-id", "warm-1")).isZero();
        assertThat(run(noise + log, "logs", "--request-id", "warm-1")).isZero();

        assertThat(output().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("billed     80 ms"));
    }

    @Test
    void readsTheRawTailOfAnInvokeThatIsCutWithinACharacter() {
        byte[] log = ("é漢".repeat(LogTail.LIMIT_BYTES) + "\n" + COLD).getBytes(StandardCharsets.UTF_8);
        byte[] tail = Arrays.copyOfRange(log, log.length - LogTail.LIMIT_BYTES, log.length);

        assertThat(run(tail, "logs", "--json", "--request-id", "cold-1")).isZero();

        assertThat(output()).startsWith("{\"requestId\":\"cold-1\",\"durationMs\":3.1,\"billedMs\":546,");
    }

    @Test
    void believesNoCutFirstLineOfATail() {
        String beginning = WARM.strip();
        String filler = "x".repeat(LogTail.LIMIT_BYTES - beginning.length() - COLD.length() - 2);
        String tail = beginning + "\n" + filler + "\n" + COLD;
        assertThat(tail).hasSize(LogTail.LIMIT_BYTES);

        assertThat(run(tail, "logs", "--json", "--request-id", "warm-1")).isEqualTo(4);
        assertThat(run(tail, "logs", "--json")).isZero();

        assertThat(output()).doesNotContain("warm-1").contains("cold-1");
    }

    @Test
    void findsAReportBehindAPrefixInAShortLog() {
        String prefix = "2026-10-08T07:30:29.470000+00:00 2026/10/08/[$LATEST]0123456789abcdef0123456789abcdef ";

        assertThat(run(prefix + WARM, "logs", "--request-id", "warm-1")).isZero();

        assertThat(output()).contains("billed     80 ms");
    }

    @Test
    void saysWhyThereIsNoReport() {
        assertThat(run(WARM, "logs", "--json", "--request-id", "other")).isEqualTo(4);

        assertThat(output()).isEqualTo(NOTHING_UNPARSED);
        assertThat(errors())
                .isEqualTo("memtune: no report of this invocation: the log has no report with this request id\n");
    }

    @Test
    void marksTheCostInAnUnknownRegion() {
        assertThat(run(WARM, "logs", "--region", "xx-nowhere-1", "--architecture", "arm64"))
                .isZero();

        assertThat(output()).contains("at the rates of xx-nowhere-1 on arm64").contains("estimated");
    }

    @Test
    void saysThatALogHasNoReport() {
        assertThat(run("hello\n", "logs")).isZero();

        assertThat(output()).isEqualTo("no report in this log\n");
    }

    @Test
    void letsNoRequestIdMoveTheCursor() {
        assertThat(run(WARM.replace("warm-1", "a\u0007\u001b]0;b"), "logs")).isZero();

        assertThat(output().replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThat(run("", "logs", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(run("", "logs", folder.toString())).isEqualTo(2);
        assertThat(run("", "logs", "a", "b")).isEqualTo(2);
        assertThat(run("", "logs", "--region", "Frankfurt")).isEqualTo(2);
        assertThat(run("", "logs", "--architecture", "sparc")).isEqualTo(2);

        assertThat(output()).isEmpty();
        assertThat(errors().lines()).allSatisfy(line -> assertThat(line).startsWith("memtune: "));
    }

    @Test
    void endsQuietlyWhenNobodyReadsOn() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run(
                        new PrintStream(closed, true, StandardCharsets.UTF_8),
                        WARM.getBytes(StandardCharsets.UTF_8),
                        "logs"))
                .isZero();

        assertThat(errors()).isEmpty();
    }

    static Stream<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void writesWhatTheReaderRead(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] log = Files.readAllBytes(file);
        for (int i = 0; i < 20; i++) {
            byte[] part = Arrays.copyOf(log, i == 0 ? log.length : random.nextInt(log.length + 1));
            compareWithTheReader(part);
        }
    }

    private void compareWithTheReader(byte[] log) throws IOException {
        List<InvocationReport> expected = new ArrayList<>();
        LogReader.read(new ByteArrayInputStream(log), expected::add);
        out.reset();
        assertThat(run(log, "logs", "--json")).isZero();
        List<String> lines = output().lines().toList();
        assertThat(lines).hasSize(expected.size() + 1);
        for (int i = 0; i < expected.size(); i++) {
            assertSame(Json.tree(lines.get(i).getBytes(StandardCharsets.UTF_8)), expected.get(i));
        }
        assertThat(Json.tree(lines.getLast().getBytes(StandardCharsets.UTF_8))
                        .path("unparsed")
                        .size())
                .isEqualTo(8);
    }

    private static void assertSame(JsonNode object, InvocationReport report) {
        assertThat(object.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "requestId",
                        "durationMs",
                        "billedMs",
                        "memoryMB",
                        "maxMemoryMB",
                        "initMs",
                        "restoreMs",
                        "billedRestoreMs",
                        "status",
                        "errorType");
        assertThat(object.path("requestId").textValue()).isEqualTo(report.requestId());
        assertThat(object.path("durationMs").doubleValue()).isEqualTo(report.durationMs());
        assertThat(object.path("billedMs").longValue()).isEqualTo(report.billedMs());
        assertThat(object.path("memoryMB").intValue()).isEqualTo(report.memoryMB());
        assertNumber(object.path("maxMemoryMB"), report.maxMemoryMB());
        assertNumber(object.path("initMs"), report.initMs());
        assertNumber(object.path("restoreMs"), report.restoreMs());
        assertNumber(object.path("billedRestoreMs"), report.billedRestoreMs());
        assertThat(object.path("errorType").textValue()).isEqualTo(report.errorType());
        boolean known = report.statusStated() || report.isFailed();
        assertThat(object.path("status").textValue())
                .isEqualTo(known ? report.status().wireName() : null);
    }

    private static void assertNumber(JsonNode member, @Nullable Number expected) {
        assertThat(member.isNull()).isEqualTo(expected == null);
        assertThat(member.doubleValue()).isEqualTo(expected == null ? 0 : expected.doubleValue());
    }
}
