// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares links to the chart, byte for byte, with those that AWS Lambda Power Tuning 4.4.0 itself made of the same figures:
 * {@code links.json} holds what its {@code buildVisualizationURL} answered under Node.
 */
class VisualizationTest {
    /**
     * One link.
     *
     * @param says what the figures are
     * @param currency of the costs
     * @param stats the figures, in any order
     * @param link what the other program answered
     */
    record Case(String says, String currency, List<SizeStat> stats, String link) {
        @Override
        public String toString() {
            return says;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = VisualizationTest.class.getResourceAsStream("links.json")) {
            JsonNode cases = Json.tree(Objects.requireNonNull(in, "links.json").readAllBytes());
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(one -> Json.read(one.toString(), Case.class))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheLinkThatPowerTuningMakes(Case one) {
        assertThat(Visualization.link(one.stats(), one.currency())).isEqualTo(one.link());
    }
}
