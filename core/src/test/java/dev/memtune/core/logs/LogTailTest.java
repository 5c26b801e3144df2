// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTailTest {
    private static final String ID = "57f231fb-0000-4000-8000-000000000001";
    private static final String REPORT = "REPORT RequestId: " + ID
            + "\tDuration: 79.67 ms\tBilled Duration: 80 ms\tMemory Size: 128 MB\tMax Memory Used: 73 MB\t\n";
    private static final String FAKE = "REPORT RequestId: " + ID
            + "\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 1 MB\t\n";

    private static ReportLookup find(String log) {
        return find(log.getBytes(StandardCharsets.UTF_8), SystemLogLevel.UNKNOWN);
    }

    private static ReportLookup find(byte[] tail, SystemLogLevel level) {
        return LogTail.of(tail).find(ID, level);
    }

    private static MissingReason missing(String log) {
        return ((ReportLookup.Missing) find(log)).reason();
    }

    private static long billedMs(ReportLookup found) {
        return ((ReportLookup.Found) found).report().billedMs();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "hello\n",
                "START RequestId: 57f231fb-0000-4000-8000-000000000001 Version: $LATEST\n",
                "REPORT RequestId: other\tDuration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\n",
                "{\"type\":\"platform.start\",\"record\":{\"requestId\":\"57f231fb-0000-4000-8000-000000000001\"}}\n",
                "{\"message\":\"no platform.report here\"}\n",
                "[INFO] nothing\n",
            })
    void saysNotFoundWhereThereIsNoReport(String log) {
        assertThat(missing(log)).isEqualTo(MissingReason.NOT_FOUND);
    }

    @Test
    void takesTheLastReportBecauseThePlatformWritesLast() {
        assertThat(billedMs(find(FAKE + "END RequestId: " + ID + "\n" + REPORT)))
                .isEqualTo(80);
    }

    @Test
    void takesNoReportThatFollowsTheOneBehindEnd() {
        String end = "END RequestId: " + ID + "\n";
        String next = "START RequestId: next Version: 1\n" + FAKE + "REPORT RequestId: " + ID + "\tDuration: x\n";
        assertThat(billedMs(find(end + REPORT + next))).isEqualTo(80);
        assertThat(billedMs(find(end + FAKE + end + REPORT))).isEqualTo(80);
    }

    @Test
    void doesNotTakeAReportWithinALine() {
        assertThat(missing("user says " + FAKE)).isEqualTo(MissingReason.NOT_FOUND);
        assertThat(missing("2026-11-21T10:00:00Z\t" + FAKE)).isEqualTo(MissingReason.NOT_FOUND);
        assertThat(missing("{\"message\":\"" + FAKE.strip().replace("\t", "\\t") + "\"}\n"))
                .isEqualTo(MissingReason.NOT_FOUND);
        assertThat(missing("user says\r" + FAKE)).isEqualTo(MissingReason.NOT_FOUND);
    }

    @Test
    void doesNotTakeARecordNestedInAUsersObject() {
        String record = "{\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + ID
                + "\",\"metrics\":{\"durationMs\":1,\"billedDurationMs\":1,\"memorySizeMB\":128}}}";
        assertThat(missing("{\"event\":" + record + "}\n")).isEqualTo(MissingReason.NOT_FOUND);
        assertThat(billedMs(find(record + "\n"))).isEqualTo(1);
        assertThat(billedMs(find(record + record.replace(ID, "other") + "\n"))).isEqualTo(1);
        assertThat(billedMs(find("[" + record.replace(ID, "other") + "," + record + "]\n")))
                .isEqualTo(1);
    }

    @Test
    void skipsTheFirstLineOfAFullTail() {
        byte[] tail = Arrays.copyOf(FAKE.getBytes(StandardCharsets.UTF_8), LogTail.LIMIT_BYTES);
        assertThat(find(tail, SystemLogLevel.UNKNOWN)).isInstanceOf(ReportLookup.Missing.class);
        byte[] report = REPORT.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(report, 0, tail, tail.length - report.length, report.length);
        tail[tail.length - report.length - 1] = '\n';
        assertThat(billedMs(find(tail, SystemLogLevel.UNKNOWN))).isEqualTo(80);
    }

    @Test
    void copesWithACharacterCutInTwo() {
        byte[] text = ("é\n" + REPORT).getBytes(StandardCharsets.UTF_8);
        assertThat(billedMs(find(Arrays.copyOfRange(text, 1, text.length), SystemLogLevel.UNKNOWN)))
                .isEqualTo(80);
    }

    @Test
    void saysCutOrFindsTheWholeReportWhereverTheLogEnds() {
        String whole = REPORT.stripTrailing();
        int lastValueCounts = whole.indexOf("\tMax Memory");
        for (int end = "REPORT".length(); end < lastValueCounts; end++) {
            String cut = whole.substring(0, end);
            boolean complete = cut.endsWith("128 MB");
            if (complete) {
                assertThat(billedMs(find(cut))).isEqualTo(80);
            } else {
                assertThat(missing(cut)).as(cut).isEqualTo(MissingReason.CUT);
            }
        }
    }

    @Test
    void saysCutWhereTheLogBeginsWithinTheReport() {
        assertThat(missing(REPORT.substring(50))).isEqualTo(MissingReason.CUT);
        assertThat(missing("{\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + ID))
                .isEqualTo(MissingReason.CUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Duration: 1.00 ms\tBilled Duration: 1 ms\t",
                "Duration: 1.00 ms\tMemory Size: 128 MB\t",
                "Duration: -1 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\t",
                "Duration: 1e3 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\t",
                "Duration: 1 s\tBilled Duration: 1 ms\tMemory Size: 128 MB\t",
                "Duration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 0 MB\t",
                "Duration: 1 ms\tBilled Duration: 99999999999999999999 ms\tMemory Size: 128 MB\t",
                "Duration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tInit Duration: soon ms\t",
                "Duration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tStatus: tired\t",
            })
    void saysMalformedRatherThanZero(String values) {
        assertThat(missing("REPORT RequestId: " + ID + "\t" + values + "\n")).isEqualTo(MissingReason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"billedDurationMs\":1,\"memorySizeMB\":128}",
                "{\"durationMs\":\"1\",\"billedDurationMs\":1,\"memorySizeMB\":128}",
                "{\"durationMs\":1,\"billedDurationMs\":-1,\"memorySizeMB\":128}",
                "{\"durationMs\":1,\"billedDurationMs\":1}",
                "{\"durationMs\":1,\"billedDurationMs\":null,\"memorySizeMB\":128}",
                "{}",
                "[]",
                "oops",
            })
    void saysMalformedOfRecordsTooRatherThanZero(String metrics) {
        String record = "{\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + ID + "\",\"metrics\":";
        assertThat(missing(record + metrics + "}}\n")).isEqualTo(MissingReason.MALFORMED);
    }

    @Test
    void recognisesManagedInstances() {
        assertThat(missing("{\"type\":\"platform.report\",\"record\":{\"requestId\":\"" + ID
                        + "\",\"metrics\":{\"durationMs\":12.5},\"status\":\"success\"}}\n"))
                .isEqualTo(MissingReason.MANAGED_INSTANCES);
    }

    @Test
    void recognisesThatTheLogLevelHidesReports() {
        String user = "{\"level\":\"INFO\",\"message\":\"hi\",\"AWSRequestId\":\"" + ID + "\"}\n";
        assertThat(missing(user)).isEqualTo(MissingReason.FILTERED_BY_LOG_LEVEL);
        assertThat(find(new byte[0], SystemLogLevel.WARN))
                .extracting(lookup -> ((ReportLookup.Missing) lookup).reason())
                .isEqualTo(MissingReason.FILTERED_BY_LOG_LEVEL);
        assertThat(billedMs(find(REPORT.getBytes(StandardCharsets.UTF_8), SystemLogLevel.WARN)))
                .isEqualTo(80);
    }

    @Test
    void readsNumbersWithMoreDigitsThanADoubleHolds() {
        String log = REPORT.replace("79.67", "45.123456789012345678");
        assertThat(((ReportLookup.Found) find(log)).report().durationMs()).isEqualTo(45.123456789012344);
    }

    @Test
    void tellsColdFromWarm() {
        assertThat(((ReportLookup.Found) find(REPORT)).report().startMode()).isEqualTo(StartMode.WARM);
        String cold = REPORT.stripTrailing() + "\tInit Duration: 0.00 ms\n";
        assertThat(((ReportLookup.Found) find(cold)).report().startMode()).isEqualTo(StartMode.COLD);
    }

    @Test
    void readsDeeplyNestedInputInBoundedDepth() {
        String deep = "{\"type\":\"platform.report\",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}\n";
        assertThat(missing(deep)).isEqualTo(MissingReason.MALFORMED);
        assertThat(billedMs(find(deep + REPORT))).isEqualTo(80);
    }
}
