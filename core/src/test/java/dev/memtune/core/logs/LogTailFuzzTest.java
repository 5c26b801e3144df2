// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes at all are answered, by a report or a reason. {@code mvn -Pfuzz test -pl core} lets Jazzer look for bytes that
 * are not, guided by coverage, the same ones in each run from a clean clone; every case found is added to the folder of inputs, which {@link FuzzCorpusTest} replays in
 * each ordinary test run.
 */
class LogTailFuzzTest {
    private static final String ID = "57f231fb-0000-4000-8000-000000000001";
    private static final int RUNS = 6_000;
    /** So many take seconds; a bound, should the machine stand still. */
    private static final String MAX_TIME = "5m";

    @FuzzTest(maxExecutions = RUNS, maxDuration = MAX_TIME)
    void answersAnyTail(byte[] tail) {
        check(tail);
    }

    static void check(byte[] tail) {
        switch (LogTail.of(tail).find(ID, SystemLogLevel.UNKNOWN)) {
            case ReportLookup.Found found -> {
                if (!found.report().requestId().equals(ID)) {
                    throw new IllegalStateException("the report of another invocation: " + found.report());
                }
            }
            case ReportLookup.Missing missing -> {
                if (missing.detail().isEmpty()) {
                    throw new IllegalStateException("no detail for " + missing.reason());
                }
            }
        }
    }
}
