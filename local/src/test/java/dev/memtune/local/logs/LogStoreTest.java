// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private LogStore store;

    @BeforeEach
    void open() throws IOException {
        store = new LogStore(folder, new LogLimits(400, 3, 2));
    }

    private void log(String group, String stream, String... messages) throws IOException {
        store.append(
                group,
                stream,
                Stream.of(messages).map(message -> new TimedLine(T, message)).toList(),
                T);
    }

    private List<String> messages(String group) {
        return store.group(group).orElseThrow().events(event -> true).stream()
                .map(LogEvent::message)
                .toList();
    }

    @Test
    void readsWhatWasWrittenAlsoAfterARestart() throws IOException {
        log("/aws/lambda/f", "s", "one", "zwölf \uD83D\uDE00", "\ttab \"quoted\"");
        open();
        log("/aws/lambda/f", "s", "later");

        assertThat(messages("/aws/lambda/f")).containsExactly("one", "zwölf \uD83D\uDE00", "\ttab \"quoted\"", "later");
        assertThat(store.group("/aws/lambda/f").orElseThrow().events(event -> true))
                .extracting(LogEvent::position)
                .doesNotHaveDuplicates();
    }

    @Test
    void ordersByTime() throws IOException {
        store.append("g", "s", List.of(new TimedLine(T.plusMillis(5), "late")), T);
        store.append("g", "s", List.of(new TimedLine(T, "early")), T);

        assertThat(messages("g")).containsExactly("early", "late");
    }

    @Test
    void dropsTheOldestWhereThereIsTooMuch() throws IOException {
        for (int i = 0; i < 50; i++) {
            log("g", "stream-" + i, "message number " + i);
        }

        assertThat(messages("g")).hasSizeLessThan(20).contains("message number 49");
        assertThat(store.group("g").orElseThrow().sizeBytes()).isLessThan(3 * 600L);
        assertThat(store.group("g").orElseThrow().streams()).doesNotContainKey("stream-0");
    }

    @Test
    void continuesTheLastFileAfterARestart() throws IOException {
        for (int i = 0; i < 6; i++) {
            log("g", "s", "m" + i);
            open();
        }

        assertThat(messages("g")).containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).hasSizeLessThan(4);
        }
    }

    @Test
    void keepsTheGroupsThatAreUsed() throws IOException {
        log("a", "s", "1");
        log("b", "s", "1");
        log("a", "s", "2");
        log("c", "s", "1");

        assertThat(store.groups()).extracting(LogGroup::name).containsExactly("a", "c");
        open();
        assertThat(store.groups()).extracting(LogGroup::name).containsExactly("a", "c");
    }

    @Test
    void survivesALineThatACrashCutOff() throws IOException {
        log("g", "s", "whole");
        try (Stream<Path> files = Files.walk(folder)) {
            Path segment = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(segment, "{\"position\":2,\"stre", StandardOpenOption.APPEND);
        }
        open();
        log("g", "s", "after");

        assertThat(messages("g")).containsExactly("whole", "after");
    }

    @Test
    void summarizesStreams() throws IOException {
        store.append("g", "s", List.of(new TimedLine(T, "a"), new TimedLine(T.plusMillis(9), "b")), T.plusMillis(10));
        LogStream stream = store.group("g").orElseThrow().streams().get("s");

        assertThat(stream)
                .isEqualTo(new LogStream("s", T.toEpochMilli(), T.toEpochMilli() + 9, T.toEpochMilli() + 10, 54));
    }
}
