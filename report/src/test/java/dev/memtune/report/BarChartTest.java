// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {
    @Test
    void fillsTheWidthWithTheLargest() {
        assertThat(new BarChart(4).bars(List.of(100.0, 50.0, 25.0))).containsExactly("████", "██  ", "█   ");
    }

    @Test
    void drawsPartsOfACharacter() {
        assertThat(new BarChart(2).bars(List.of(16.0, 3.0))).containsExactly("██", "▍ ");
    }

    @Test
    void neverDrawsSomethingAsNothing() {
        assertThat(new BarChart(4).bars(List.of(1000.0, 0.001, 0.0))).containsExactly("████", "▏   ", "    ");
    }

    @Test
    void drawsNothingForZeros() {
        assertThat(new BarChart(2).bars(List.of(0.0, 0.0))).containsExactly("  ", "  ");
    }

    @Test
    void refusesAWidthOfZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BarChart(0)).withMessageContaining("got: 0");
    }
}
