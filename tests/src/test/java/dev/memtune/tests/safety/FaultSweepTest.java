// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.wire.Promotion;
import dev.memtune.recorder.RecorderOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultSweepTest {
    private static final int SHOWN_MAX = 25;

    @ParameterizedTest
    @EnumSource(Setup.class)
    void holdsEveryInvariantUnderEverySingleFault(Setup setup) {
        Scenario faultless = new Scenario(setup, Map.of());
        assertThat(faultless.violations()).isEmpty();
        Figures usual = faultless.figures();
        List<String> violations = new ArrayList<>();
        Tally tally = new Tally();
        for (Fault fault : Fault.values()) {
            for (int at = 1; at <= faultless.pointCount(); at++) {
                if (!faultless.isPossible(fault, at)) {
                    continue;
                }
                Scenario scenario = new Scenario(setup, Map.of(at, fault));
                violations.addAll(scenario.violations());
                scenario.figures().excesses(usual, setup, 1).forEach(what -> violations.add(scenario + ": " + what));
                tally.add(scenario);
            }
        }
        System.out.println(setup + ": " + faultless.pointCount() + " points, " + usual + ", " + tally + ", "
                + violations.size() + " violations");
        assertThat(violations.stream().limit(SHOWN_MAX)).isEmpty();
        assertThat(tally.count()).isGreaterThan(setup == Setup.HELD_BY_ANOTHER ? 70 : 400);
        assertThat(usual.exposed()).isLessThanOrEqualTo(Figures.exposedMax(setup));
    }

    @Test
    void promotesTheBestSizeWithoutFaults() {
        Scenario scenario = new Scenario(Setup.PROMOTE_EXISTING, Map.of());
        assertThat(scenario.violations()).isEmpty();
        RecorderOutput end = Objects.requireNonNull(scenario.end());
        Promotion promotion =
                Objects.requireNonNull(Objects.requireNonNull(end.output()).promotion());
        assertThat(promotion.status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(promotion.fromMemoryMB()).isEqualTo(512);
        assertThat(promotion.toMemoryMB()).isEqualTo(1024);
        assertThat(end.exitCode()).isZero();
    }

    @Test
    void makesAtMostFortyCallsForThreeSizesAndAPromotion() {
        Scenario scenario = new Scenario(Setup.PROMOTE_EXISTING, Map.of());
        assertThat(scenario.violations()).isEmpty();
        assertThat(scenario.figures().calls()).isLessThanOrEqualTo(40);
        assertThat(scenario.figures().exposed()).isLessThanOrEqualTo(9);
    }
}
