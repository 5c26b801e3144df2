// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Reports read per second, and bytes allocated per report: text and JSON, alone and behind 4 KB of the function's own
 * lines; next to a plain search with regular expressions, in the same run.
 *
 * <p>No ordinary test run has it: {@code docs/reference/logs.md} has the command, in whose profile JMH makes the code that
 * measures.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LogReportBenchmark {
    private static final int ITERATIONS = 5;

    private static final String ID = "57f231fb-0000-4000-8000-000000000001";
    private static final String TEXT = "START RequestId: " + ID + " Version: 7\nEND RequestId: " + ID
            + "\nREPORT RequestId: " + ID + "\tDuration: 198.50 ms\tBilled Duration: 724 ms\tMemory Size: 512 MB\t"
            + "Max Memory Used: 90 MB\tInit Duration: 524.75 ms\t\n";
    private static final String JSON =
            "{\"time\":\"2026-10-08T07:30:29.470Z\",\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + ID
                    + "\",\"metrics\":{\"durationMs\":198.50,\"billedDurationMs\":724,\"memorySizeMB\":512,"
                    + "\"maxMemoryUsedMB\":90,\"initDurationMs\":524.75},\"status\":\"success\"}}\n";
    private static final String PLAIN_LINE =
            "2026-11-21T10:00:00.000Z\t" + ID + "\tINFO\tchecked item 17 of 93: Duration 12 ms, nothing to do\n";
    private static final String JSON_LINE =
            "{\"timestamp\":\"2026-11-21T10:00:00.000Z\",\"level\":\"INFO\",\"message\":\"item 17\",\"requestId\":\""
                    + ID + "\"}\n";

    private static final Pattern[] TEXT_PATTERNS = {
        Pattern.compile("\\tDuration: (\\d+\\.?\\d*) ms"),
        Pattern.compile("\\tBilled Duration: (\\d+) ms"),
        Pattern.compile("\\tMemory Size: (\\d+) MB"),
        Pattern.compile("\\tMax Memory Used: (\\d+) MB"),
        Pattern.compile("\\tInit Duration: (\\d+\\.?\\d*) ms"),
    };
    private static final Pattern[] JSON_PATTERNS = {
        Pattern.compile("\"durationMs\":(\\d+\\.?\\d*)"),
        Pattern.compile("\"billedDurationMs\":(\\d+)"),
        Pattern.compile("\"memorySizeMB\":(\\d+)"),
        Pattern.compile("\"maxMemoryUsedMB\":(\\d+)"),
        Pattern.compile("\"initDurationMs\":(\\d+\\.?\\d*)"),
    };

    /** What is read. */
    public enum Tail {
        /** A report in text, with START and END. */
        TEXT_ALONE,
        /** The same at the end of a full tail. */
        TEXT_BEHIND_4KB,
        /** A report in JSON. */
        JSON_ALONE,
        /** The same at the end of a full tail. */
        JSON_BEHIND_4KB
    }

    /** What is read; JMH sets it. */
    @Param
    public Tail tail = Tail.TEXT_ALONE;

    private byte[] bytes = new byte[0];
    private Pattern[] patterns = TEXT_PATTERNS;

    /** Makes the tail. */
    @Setup
    public void prepare() {
        String log =
                switch (tail) {
                    case TEXT_ALONE -> TEXT;
                    case TEXT_BEHIND_4KB -> behind(PLAIN_LINE, TEXT);
                    case JSON_ALONE -> JSON;
                    case JSON_BEHIND_4KB -> behind(JSON_LINE, JSON);
                };
        bytes = log.getBytes(StandardCharsets.UTF_8);
        patterns = tail == Tail.TEXT_ALONE || tail == Tail.TEXT_BEHIND_4KB ? TEXT_PATTERNS : JSON_PATTERNS;
    }

    private static String behind(String userLine, String report) {
        int room = LogTail.LIMIT_BYTES - report.length();
        String lines = userLine.repeat(room / userLine.length() + 1);
        return lines.substring(lines.length() - room) + report;
    }

    /** What Memtune does. */
    @Benchmark
    public InvocationFigures reader() {
        return switch (LogTail.of(bytes).find(ID, SystemLogLevel.UNKNOWN)) {
            case ReportLookup.Found found ->
                new InvocationFigures(
                        found.report().durationMs(), found.report().billedMs());
            case ReportLookup.Missing missing -> throw new IllegalStateException(missing.detail());
        };
    }

    /** The baseline: takes the first that fits, and checks neither the request id nor where a line begins. */
    @Benchmark
    public InvocationFigures search() {
        String log = new String(bytes, StandardCharsets.UTF_8);
        double[] values = new double[patterns.length];
        for (int i = 0; i < values.length; i++) {
            Matcher matcher = patterns[i].matcher(log);
            values[i] = matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
        }
        return new InvocationFigures(values[0], (long) values[1]);
    }

    /**
     * What both must come to.
     *
     * @param durationMs the handler's time
     * @param billedMs the billed duration
     */
    public record InvocationFigures(double durationMs, long billedMs) {}

    @Test
    void printsReportsPerSecondAndBytesPerReport() throws RunnerException {
        for (Tail each : Tail.values()) {
            tail = each;
            prepare();
            if (!reader().equals(search())) {
                throw new IllegalStateException("reader and baseline differ: " + reader() + ", " + search());
            }
        }
        new Runner(new OptionsBuilder()
                        .include(LogReportBenchmark.class.getName() + "\\.")
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .jvmArgs("-Xmx256m", "-XX:+UseSerialGC")
                        .warmupIterations(ITERATIONS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .run();
    }
}
