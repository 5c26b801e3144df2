// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.core.wire.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultSweepTest {
    private static final int SHOWN_MAX = 25;

    @ParameterizedTest
    @EnumSource(Setup.class)
    void holdsEveryInvariantUnderEverySingleFault(Setup setup) {
        Scenario faultless = new Scenario(setup, Fault.NONE, 0);
        assertThat(faultless.violations()).isEmpty();
        List<String> violations = new ArrayList<>();
        int scenarios = 0;
        for (Fault fault : Fault.values()) {
            for (int at = 1; at <= faultless.pointCount(); at++) {
                Scenario scenario = new Scenario(setup, fault, at);
                violations.addAll(scenario.violations());
                scenarios += scenario.happened() ? 1 : 0;
            }
        }
        System.out.println(setup + ": " + faultless.pointCount() + " points, " + faultless.callCount()
                + " calls, exposed in " + faultless.exposedCalls() + ", " + scenarios + " scenarios, "
                + violations.size() + " violations");
        assertThat(violations.stream().limit(SHOWN_MAX)).isEmpty();
        assertThat(scenarios).isGreaterThan(500);
    }

    @Test
    void promotesTheBestSizeWithoutFaults() {
        Scenario scenario = new Scenario(Setup.PROMOTE_EXISTING, Fault.NONE, 0);
        assertThat(scenario.violations()).isEmpty();
        CleanerOutput output = Objects.requireNonNull(scenario.output());
        Promotion promotion = Objects.requireNonNull(output.promotion());
        assertThat(promotion.status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(promotion.fromMemoryMB()).isEqualTo(512);
        assertThat(promotion.toMemoryMB()).isEqualTo(1024);
        assertThat(output.failure()).isNull();
        assertThat(output.clean()).isTrue();
    }
}
