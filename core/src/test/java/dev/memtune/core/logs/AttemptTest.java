// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String OTHER = "99999999-2222-4333-8444-555555555555";

    private static List<Attempt> read(String log) {
        return Attempt.allOf(ID, log.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String id, String version, double durationMs, String end) {
        return "START RequestId: " + id + " Version: " + version + "\nEND RequestId: " + id + "\nREPORT RequestId: "
                + id
                + "\tDuration: " + durationMs
                + " ms\tBilled Duration: 11 ms\tMemory Size: 512 MB\tMax Memory Used: 60 MB\t" + end + "\n";
    }

    @Test
    void tellsTheRunsOfOneRequestApart() {
        String log = text(ID, "7", 10.25, "Status: error\tError Type: ValueError")
                + text(OTHER, "8", 1, "")
                + text(ID, "7", 20.5, "");
        List<Attempt> attempts = read(log);
        assertThat(attempts).extracting(Attempt::version).containsExactly("7", "7");
        assertThat(attempts)
                .extracting(attempt -> attempt.report().durationMs())
                .containsExactly(10.25, 20.5);
        assertThat(attempts.getFirst().report().isFailed()).isTrue();
        assertThat(attempts.getLast().report().isFailed()).isFalse();
    }

    @Test
    void readsJson() {
        String log = """
                {"time":"2026-01-01T00:00:00Z","type":"platform.start","record":{"requestId":"%s","version":"7"}}
                {"time":"2026-01-01T00:00:01Z","type":"platform.report","record":{"requestId":"%s","metrics":\
                {"durationMs":18.593,"billedDurationMs":19,"memorySizeMB":2048,"maxMemoryUsedMB":246},"status":"success"}}
                """.formatted(ID, ID);
        assertThat(read(log)).singleElement().satisfies(attempt -> {
            assertThat(attempt.version()).isEqualTo("7");
            assertThat(attempt.report().billedMs()).isEqualTo(19);
        });
    }

    @Test
    void leavesOutARunThatHasNotEnded() {
        assertThat(read("START RequestId: " + ID + " Version: 7\nworking\n")).isEmpty();
        assertThat(read(text(ID, "7", 1, "") + "START RequestId: " + ID + " Version: 7\n"))
                .hasSize(1);
    }

    @Test
    void takesAReportWithoutAStart() {
        String report = text(ID, "7", 1, "").substring(text(ID, "7", 1, "").indexOf("REPORT"));
        assertThat(read(report)).singleElement().extracting(Attempt::version).isNull();
    }
}
