// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memtune.core.search.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static Observations measured(IntToDoubleFunction meanMs, double variation, double coldMs) {
        SplittableRandom random = new SplittableRandom(3).split();
        List<ArmObservations> arms = new ArrayList<>();
        for (int size : List.of(128, 256, 512, 1024, 1769, 3008)) {
            List<Measurement> measurements = new ArrayList<>();
            measurements.add(new Measurement(coldMs, coldMs, true, 1));
            for (int i = 0; i < 8; i++) {
                double ms = meanMs.applyAsDouble(size) * Math.exp(variation * random.nextGaussian());
                measurements.add(new Measurement(ms, ms, false, 1));
            }
            arms.add(new ArmObservations("m" + size, size, 9, true, measurements));
        }
        return new Observations(1, arms);
    }

    private static List<Kind> kinds(Observations observations, double coldShare) {
        return Diagnosis.of(observations, coldShare).stream().map(Finding::kind).toList();
    }

    @Test
    void knowsAFunctionThatWaits() {
        List<Finding> findings = Diagnosis.of(measured(size -> 200, 0.05, 500), 0);
        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.WAITING);
        assertThat(findings.getFirst().evidence()).contains("at 128 MB").contains("at 3008 MB");
    }

    @Test
    void knowsASingleThread() {
        assertThat(kinds(measured(size -> 500 * Math.max(1, 1769.0 / size), 0.03, 500), 0))
                .containsExactly(Kind.SINGLE_THREADED);
    }

    @Test
    void saysNothingOfManyThreads() {
        assertThat(kinds(measured(size -> 5e5 / size, 0.03, 500), 0)).isEmpty();
    }

    @Test
    void knowsALackOfMemory() {
        assertThat(kinds(measured(size -> 5e5 / size * (size < 512 ? 3 : 1), 0.03, 500), 0))
                .containsExactly(Kind.MEMORY_PRESSURE);
    }

    @Test
    void knowsAShortFunction() {
        assertThat(kinds(measured(size -> 17 * Math.max(1, 1769.0 / size), 0.03, 500), 0))
                .contains(Kind.QUANTUM);
    }

    @Test
    void saysNothingOfStepsAboveOneVcpu() {
        List<ArmObservations> above = measured(size -> 17, 0.03, 500).arms().stream()
                .filter(arm -> arm.memoryMB() >= 1769)
                .toList();
        assertThat(above).hasSizeGreaterThan(1);
        assertThat(kinds(new Observations(1, above), 0)).doesNotContain(Kind.QUANTUM);
    }

    @Test
    void countsColdStartsAtTheStatedShare() {
        Observations observations = measured(size -> 5e4 / size, 0.03, 50_000);
        assertThat(kinds(observations, 0.2)).contains(Kind.COLD_STARTS);
        assertThat(kinds(observations, 0)).doesNotContain(Kind.COLD_STARTS);
    }

    @Test
    void staysSilentWhereTheFiguresScatterTooMuch() {
        assertThat(kinds(measured(size -> 500 * Math.max(1, 1769.0 / size), 0.9, 500), 0))
                .doesNotContain(Kind.SINGLE_THREADED, Kind.WAITING, Kind.MEMORY_PRESSURE);
    }

    @Test
    void rejectsAShareThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Diagnosis.of(measured(size -> 1, 0, 1), 2))
                .withMessage("coldShare must be between 0 and 1, got: 2.0");
    }
}
