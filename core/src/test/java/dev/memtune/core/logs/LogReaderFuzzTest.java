// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any log at all is read to its end, and adds up; run as {@link LogTailFuzzTest} is. */
class LogReaderFuzzTest {
    private static final int MAX_RUNS = 50_000;

    @FuzzTest(maxExecutions = MAX_RUNS, maxDuration = "1m")
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
