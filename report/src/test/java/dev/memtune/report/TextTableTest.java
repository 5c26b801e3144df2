// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final List<TextTable.Column> COLUMNS =
            List.of(TextTable.Column.right("MB"), TextTable.Column.left("verdict"));

    @Test
    void alignsNumbersToTheRightAndWordsToTheLeft() {
        TextTable table =
                new TextTable(COLUMNS).row(List.of("128", "12 % dearer")).row(List.of("1024", "best"));

        assertThat(table.lines())
                .containsExactly("  MB  verdict", "────  ───────────", " 128  12 % dearer", "1024  best");
    }

    @Test
    void widensAColumnForItsHead() {
        assertThat(new TextTable(COLUMNS).row(List.of("1", "x")).lines())
                .containsExactly("MB  verdict", "──  ───────", " 1  x");
    }

    @Test
    void countsCharactersNotBytes() {
        assertThat(new TextTable(COLUMNS).row(List.of("1", "± 3")).lines().get(2))
                .isEqualTo(" 1  ± 3");
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextTable(COLUMNS).row(List.of("128")))
                .withMessage("a row must have 2 cells, got: 1 [128]");
    }

    @Test
    void refusesATableWithoutColumns() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TextTable(List.of()));
    }
}
