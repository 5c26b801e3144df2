// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.failure.BadInput;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowReaderTest {
    private static final String HEAD = "function,memory_mb,sample_index,billed_ms";

    private static List<Row> read(String... lines) {
        return RowReader.read("data.csv", List.of(lines).iterator());
    }

    @Test
    void readsColumnsInAnyOrderAndPassesOverOthers() {
        assertThat(read("billed_ms,cpu,function,sample_index,memory_mb", "12,x,f,3,128", "", "13.5,y,f,4,128"))
                .containsExactly(new Row("f", 128, 3, 12), new Row("f", 128, 4, 13.5));
    }

    @Test
    void readsCellsInQuotationMarks() {
        assertThat(read("\"function\",\"memory_mb\",\"sample_index\",\"billed_ms\"", "\"a, \"\"b\"\"\",128,0,\"5\""))
                .containsExactly(new Row("a, \"b\"", 128, 0, 5));
    }

    @Test
    void tellsLargeIndexesApart() {
        assertThat(read(HEAD, "f,128,9007199254740991,5", "f,128,9007199254740990,5", "f,256,9007199254740991,5"))
                .hasSize(3);
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read(HEAD, "f,128,9007199254740991,5", "f,128,9007199254740991,5"))
                .withMessageContaining("must be there once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f,128,0 | data.csv line 2: must have 4 cells, as many as the head, got: 3 cells",
                ",128,0,5 | data.csv line 2: function must not be empty, got: nothing",
                "f,64,0,5 | memory_mb must be a whole number from 128 to 10240, got: 64",
                "f,128.5,0,5 | memory_mb must be a whole number from 128 to 10240, got: 128.5",
                "f,128,-1,5 | sample_index must be a whole number of at least 0, got: -1",
                "f,128,0,0 | billed_ms must be a number above 0, got: 0",
                "f,128,0,NaN | billed_ms must be a number above 0, got: NaN",
                "f,128,0,five | billed_ms must be a number above 0, got: five"
            })
    void namesLineRuleValueAndRemedy(String row, String message) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read(HEAD, row))
                .withMessageContaining(message)
                .withMessageContaining("Correct the row or take it out.");
    }

    @Test
    void namesTheMissingColumns() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read("function,memory_mb,duration", "f,128,5"))
                .withMessageContaining("the head must name the columns sample_index, billed_ms");
    }

    @Test
    void rejectsARowThatIsThereTwice() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read(HEAD, "f,128,0,5", "f,128,0,6"))
                .withMessageContaining("line 3: each function, memory_mb and sample_index must be there once");
    }

    @Test
    void rejectsAFileWithoutRows() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read(HEAD))
                .withMessageContaining("at least one row");
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(RowReaderTest::read)
                .withMessageContaining("no row");
    }

    @Test
    void stopsAfterTwentyProblems() {
        String[] lines = new String[100];
        Arrays.fill(lines, "f,1,0,5");
        lines[0] = HEAD;
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read(lines))
                .satisfies(failure -> assertThat(failure.problems()).hasSize(20));
    }
}
