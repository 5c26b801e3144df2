// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about the input says what the program does. */
class TuningInputDocumentTest {
    private static final String FIELDS = "## Fields\n";

    private static String section(String title) {
        try {
            String page = Files.readString(Path.of("..", "docs", "reference", "input.md"));
            int begin = page.indexOf(title) + title.length();
            int end = page.indexOf("\n## ", begin);
            return page.substring(begin, end);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page about the input", e);
        }
    }

    /** The rows of a section's table, each a list of cells. */
    private static List<List<String>> rows(String title) {
        return section(title)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .toList();
    }

    static Stream<List<String>> fields() {
        return rows(FIELDS).stream();
    }

    private static String code(String cell) {
        return cell.substring(1, cell.length() - 1);
    }

    private static JsonNode input(String field, String value) {
        ObjectNode input = Json.mapper().createObjectNode().put("lambdaARN", "primes");
        return input.set(field, Json.tree(value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hasEveryFieldThatIsKnown() {
        assertThat(fields().map(row -> code(row.getFirst())))
                .containsExactlyInAnyOrderElementsOf(TuningInputReader.KNOWN);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void saysWhatIsAcceptedAndWhatIsRefused(List<String> row) {
        String field = code(row.getFirst());
        assertThat(TuningInputReader.read(input(field, code(row.get(4))), 1)).isNotNull();
        assertRefused(field, code(row.get(5)));
    }

    private static void assertRefused(String field, String value) {
        BadInput bad = catchThrowableOfType(BadInput.class, () -> TuningInputReader.read(input(field, value), 1));
        assertThat(Objects.requireNonNull(bad, field + " accepts " + value).problems())
                .extracting(Problem::field)
                .allMatch(name -> name.startsWith(field));
    }

    @Test
    void saysTheDefaultsAndTheRanges() {
        Map<String, String> said = Map.of(
                "num", "1 to " + TuningInputReader.INVOCATIONS_MAX,
                "concurrency", "1 to " + TuningInputReader.CONCURRENCY_MAX,
                "maxDurationMs", "at most " + SearchLimitsReader.DURATION_MAX_MS,
                "maxInvocations", "1 to " + SearchLimitsReader.INVOCATIONS_MAX,
                "powerValues", TuningInputReader.DEFAULT_SIZES.toString().replaceAll("[\\[\\]]", ""));
        for (List<String> row : rows(FIELDS)) {
            assertThat(String.join(" ", row)).contains(said.getOrDefault(code(row.getFirst()), ""));
        }
        assertThat(section(FIELDS)).contains("; else " + TuningInputReader.DEFAULT_INVOCATIONS + ", or the number");
    }
}
