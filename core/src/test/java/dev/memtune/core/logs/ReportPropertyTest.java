// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold for any report, in any form, amid any output. */
class ReportPropertyTest {
    private static final int CASES = 4_000;
    private static final int MAX_NOISE_LINES = 12;
    private static final long SEED = 20_261_121L;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ReportWriter writer = new ReportWriter(random);

    private String noise(String id) {
        StringBuilder noise = new StringBuilder();
        int lines = random.nextInt(MAX_NOISE_LINES);
        for (int i = 0; i < lines; i++) {
            noise.append(writer.noise(id));
        }
        return noise.toString();
    }

    /** As the platform brings it about: the function's output, END glued to it, and the report. */
    private String invocation(InvocationReport report) {
        String id = report.requestId();
        String unfinished = random.nextBoolean() ? "50 %" : "";
        return "START RequestId: " + id + " Version: $LATEST\n" + noise(id) + unfinished + "END RequestId: " + id + "\n"
                + writer.write(report);
    }

    @Test
    void readsBackWhatWasWrittenFromATail() {
        for (int i = 0; i < CASES; i++) {
            InvocationReport report = writer.report(writer.id());
            byte[] log = (noise(writer.id()) + invocation(report)).getBytes(StandardCharsets.UTF_8);
            byte[] tail = Arrays.copyOfRange(log, Math.max(0, log.length - LogTail.LIMIT_BYTES), log.length);
            assertThat(LogTail.of(tail).find(report.requestId(), SystemLogLevel.UNKNOWN))
                    .as(() -> new String(tail, StandardCharsets.UTF_8))
                    .isEqualTo(new ReportLookup.Found(report));
        }
    }

    @Test
    void readsBackWhatWasWrittenFromAWholeLog() throws IOException {
        List<InvocationReport> written = new ArrayList<>();
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < CASES; i++) {
            InvocationReport report = writer.report("request-" + i);
            written.add(report);
            log.append(invocation(report));
        }
        List<InvocationReport> read = new ArrayList<>();
        LogReader.read(new ByteArrayInputStream(log.toString().getBytes(StandardCharsets.UTF_8)), read::add);
        assertThat(read.stream().filter(report -> report.requestId().startsWith("request-")))
                .containsExactlyElementsOf(written);
    }

    @Test
    void answersAnyBytesWithAReportOrAReason() throws IOException {
        for (int i = 0; i < CASES; i++) {
            InvocationReport report = writer.report(writer.id());
            byte[] log = invocation(report).getBytes(StandardCharsets.UTF_8);
            int changes = random.nextInt(1, 20);
            for (int change = 0; change < changes; change++) {
                log[random.nextInt(log.length)] = (byte) random.nextInt(256);
            }
            byte[] part = Arrays.copyOf(log, random.nextInt(log.length + 1));
            assertThat(LogTail.of(part).find(report.requestId(), SystemLogLevel.UNKNOWN))
                    .isNotNull();
            assertThat(LogReader.read(new ByteArrayInputStream(part), read -> {})
                            .unparsed()
                            .total())
                    .isNotNegative();
        }
    }
}
