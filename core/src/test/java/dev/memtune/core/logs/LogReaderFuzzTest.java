// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any log at all is read to its end, and adds up; run as {@link LogTailFuzzTest} is. */
class LogReaderFuzzTest {
    private static final int RUNS = 6_000;
    /** So many take seconds; a bound, should the machine stand still. */
    private static final String MAX_TIME = "5m";

    @FuzzTest(maxExecutions = RUNS, maxDuration = MAX_TIME)
    void answersAnyLog(byte[] log) throws IOException {
        check(log);
    }

    static void check(byte[] log) throws IOException {
        long[] count = {0};
        LogSummary summary = LogReader.read(new ByteArrayInputStream(log), report -> count[0]++);
        long summed = summary.bySize().stream().mapToLong(MemorySummary::count).sum();
        if (summed != count[0]) {
            throw new IllegalStateException("reports told: " + count[0] + ", summed: " + summed);
        }
    }
}
