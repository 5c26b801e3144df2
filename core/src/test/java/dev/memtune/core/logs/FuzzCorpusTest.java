// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Replays the inputs of the fuzz tests, and each of them cut short at every byte, without the fuzzer's own start-up. */
class FuzzCorpusTest {
    private static final Path INPUTS = Path.of("src/test/resources/dev/memtune/core/logs");

    private static List<Path> inputs(String folder) throws IOException {
        try (Stream<Path> files = Files.list(INPUTS.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    @Test
    void answersEveryTailFoundSoFar() throws IOException {
        List<Path> inputs = inputs("LogTailFuzzTestInputs/answersAnyTail");
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            byte[] whole = Files.readAllBytes(input);
            for (int start = 0; start < whole.length; start++) {
                byte[] tail = Arrays.copyOfRange(whole, start, whole.length);
                assertThatCode(() -> LogTailFuzzTest.check(tail))
                        .as(input.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void answersEveryLogFoundSoFar() throws IOException {
        List<Path> inputs = inputs("LogReaderFuzzTestInputs/answersAnyLog");
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            byte[] whole = Files.readAllBytes(input);
            for (int end = 0; end <= whole.length; end += 7) {
                byte[] log = Arrays.copyOf(whole, end);
                assertThatCode(() -> LogReaderFuzzTest.check(log))
                        .as(input.toString())
                        .doesNotThrowAnyException();
            }
        }
    }
}
