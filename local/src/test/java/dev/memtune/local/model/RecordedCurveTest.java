// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordedCurveTest {
    private static RecordedCurve curve(Map<Integer, List<Double>> samples) {
        return new RecordedCurve(new TreeMap<>(samples), 10, 64);
    }

    private static double draw(RecordedCurve curve, int memoryMB) {
        return curve.drawMs(memoryMB, new SplittableRandom(3));
    }

    @Test
    void drawsTheSamplesOfARecordedSize() {
        RecordedCurve curve = curve(Map.of(512, List.of(30.0, 10.0, 20.0)));
        SplittableRandom random = new SplittableRandom(1);

        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> curve.drawMs(512, random))
                        .distinct())
                .containsExactlyInAnyOrder(10.0, 20.0, 30.0);
    }

    @Test
    void liesBetweenTheNeighboursOnALineOfLogarithms() {
        RecordedCurve curve = curve(Map.of(256, List.of(400.0), 1024, List.of(100.0)));

        assertThat(draw(curve, 512)).isCloseTo(200, within(1e-9));
    }

    @Test
    void isTheNearestSizesBeyondWhatWasRecorded() {
        RecordedCurve curve = curve(Map.of(256, List.of(400.0), 1024, List.of(100.0)));

        assertThat(draw(curve, 128)).isEqualTo(400);
        assertThat(draw(curve, 2048)).isEqualTo(100);
    }

    @Test
    void refusesNothingAndNonsense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curve(Map.of()))
                .withMessageContaining("at least one duration per size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curve(Map.of(128, List.of(-1.0))))
                .withMessageContaining("between 0 and 1e9 ms");
    }
}
