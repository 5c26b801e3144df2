// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import com.sun.management.ThreadMXBean;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports read per second, and bytes allocated per report: text and JSON, alone and behind 4 KB of the function's own
 * lines; next to a plain search with regular expressions, in the same run.
 *
 * <p>Not a test: run the main method. Baseline and reader take turns, and the best of the rounds counts, because what
 * disturbs a measurement only ever makes it slower.
 */
public final class LogReportBenchmark {
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 300_000_000L;
    private static final int BATCH = 500;

    private static final String ID = "57f231fb-0000-4000-8000-000000000001";
    private static final String TEXT = "START RequestId: " + ID + " Version: 7\nEND RequestId: " + ID
            + "\nREPORT RequestId: " + ID + "\tDuration: 198.50 ms\tBilled Duration: 724 ms\tMemory Size: 512 MB\t"
            + "Max Memory Used: 90 MB\tInit Duration: 524.75 ms\t\n";
    private static final String JSON =
            "{\"time\":\"2026-10-08T07:30:29.470Z\",\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + ID
                    + "\",\"metrics\":{\"durationMs\":198.50,\"billedDurationMs\":724,\"memorySizeMB\":512,"
                    + "\"maxMemoryUsedMB\":90,\"initDurationMs\":524.75},\"status\":\"success\"}}\n";

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

    private LogReportBenchmark() {}

    /** What a round measured. */
    private record Speed(double perSecond, double bytesEach) {}

    /** Runs the four cases and prints a line for each. */
    public static void main(String[] arguments) {
        String plain =
                "2026-11-21T10:00:00.000Z\t" + ID + "\tINFO\tchecked item 17 of 93: Duration 12 ms, nothing to do\n";
        String object =
                "{\"timestamp\":\"2026-11-21T10:00:00.000Z\",\"level\":\"INFO\",\"message\":\"item 17\",\"requestId\":\""
                        + ID + "\"}\n";
        System.out.printf(
                Locale.ROOT,
                "%-22s %12s %12s %7s %10s %10s %7s%n",
                "case",
                "reports/s",
                "regex/s",
                "ratio",
                "B/report",
                "B/regex",
                "ratio");
        compare("text, alone", TEXT, TEXT_PATTERNS);
        compare("text, behind 4 KB", behind(plain, TEXT), TEXT_PATTERNS);
        compare("JSON, alone", JSON, JSON_PATTERNS);
        compare("JSON, behind 4 KB", behind(object, JSON), JSON_PATTERNS);
    }

    private static String behind(String userLine, String report) {
        int room = LogTail.LIMIT_BYTES - report.length();
        String lines = userLine.repeat(room / userLine.length() + 1);
        return lines.substring(lines.length() - room) + report;
    }

    private static void compare(String name, String log, Pattern[] patterns) {
        byte[] tail = log.getBytes(StandardCharsets.UTF_8);
        Speed[] reader = new Speed[ROUNDS];
        Speed[] regex = new Speed[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            reader[round] = measure(LogReportBenchmark::read, tail);
            regex[round] = measure(bytes -> search(bytes, patterns), tail);
        }
        Speed ours = best(reader);
        Speed theirs = best(regex);
        System.out.printf(
                Locale.ROOT,
                "%-22s %12.0f %12.0f %6.2fx %10.0f %10.0f %6.2fx%n",
                name,
                ours.perSecond,
                theirs.perSecond,
                ours.perSecond / theirs.perSecond,
                ours.bytesEach,
                theirs.bytesEach,
                ours.bytesEach / theirs.bytesEach);
    }

    private static Speed best(Speed[] rounds) {
        double perSecond =
                Arrays.stream(rounds).mapToDouble(Speed::perSecond).max().orElseThrow();
        double bytesEach =
                Arrays.stream(rounds).mapToDouble(Speed::bytesEach).min().orElseThrow();
        return new Speed(perSecond, bytesEach);
    }

    private static Speed measure(ToLongFunction<byte[]> parser, byte[] tail) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long expected = parser.applyAsLong(tail);
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        long elapsed = 0;
        long count = 0;
        long sum = 0;
        while (elapsed < ROUND_NANOS) {
            for (int i = 0; i < BATCH; i++) {
                sum += parser.applyAsLong(tail);
            }
            count += BATCH;
            elapsed = System.nanoTime() - start;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        if (sum != expected * count) {
            throw new IllegalStateException(
                    "the parser must always give " + expected + ", got on average: " + sum / count);
        }
        return new Speed(count * 1e9 / elapsed, (double) bytes / count);
    }

    private static long read(byte[] tail) {
        return switch (LogTail.of(tail).find(ID, SystemLogLevel.UNKNOWN)) {
            case ReportLookup.Found found -> found.report().billedMs();
            case ReportLookup.Missing missing -> throw new IllegalStateException(missing.detail());
        };
    }

    private static long search(byte[] tail, Pattern[] patterns) {
        String log = new String(tail, StandardCharsets.UTF_8);
        double[] values = new double[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            Matcher matcher = patterns[i].matcher(log);
            values[i] = matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
        }
        return (long) values[1];
    }
}
