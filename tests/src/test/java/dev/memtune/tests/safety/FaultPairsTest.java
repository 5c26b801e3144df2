// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two faults: any two in one run, drawn by a seed; and a crash in the recovery from every halt. */
class FaultPairsTest {
    private static final int PAIRS = 1_500;
    private static final long SEED = 20_261_121;
    private static final int SHOWN_MAX = 10;
    private static final List<Fault> FAULTS = List.copyOf(EnumSet.complementOf(EnumSet.of(Fault.NONE)));
    private static final Setup SMALL = Setup.PRESENT_SIZE_FIRST;

    @Test
    void holdsEveryInvariantUnderPairsOfFaults() {
        Scenario faultless = new Scenario(SMALL, Map.of());
        assertThat(faultless.violations()).isEmpty();
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> violations = new ArrayList<>();
        Tally tally = new Tally();
        for (int i = 0; i < PAIRS; i++) {
            int at = random.nextInt(1, faultless.pointCount());
            Fault first = any(random);
            if (!faultless.isPossible(first, at)) {
                continue;
            }
            int later = random.nextInt(at + 1, faultless.pointCount() + 1);
            Scenario scenario = new Scenario(SMALL, Map.of(at, first, later, any(random)));
            violations.addAll(scenario.violations());
            scenario.figures()
                    .excesses(faultless.figures(), SMALL, 2)
                    .forEach(what -> violations.add(scenario + ": " + what));
            tally.add(scenario);
        }
        System.out.println("pairs: " + tally + ", " + violations.size() + " violations");
        assertThat(violations.stream().limit(SHOWN_MAX)).isEmpty();
        assertThat(tally.count()).isGreaterThan(PAIRS / 8);
    }

    private static Fault any(SplittableRandom random) {
        return FAULTS.get(random.nextInt(FAULTS.size()));
    }

    @Test
    void recoversFromACrashOfTheRecoveryAfterAnyHalt() {
        Scenario faultless = new Scenario(SMALL, Map.of());
        assertThat(faultless.violations()).isEmpty();
        List<String> violations = new ArrayList<>();
        Tally tally = new Tally();
        for (int at = 1; at <= faultless.pointCount(); at++) {
            Scenario halted = new Scenario(SMALL, Map.of(at, Fault.HALT_AFTER));
            violations.addAll(halted.violations());
            for (int crash = 1; crash <= halted.recoveryPointCount(); crash++) {
                Fault how = (at + crash) % 2 == 0 ? Fault.CRASH_BEFORE : Fault.CRASH_AFTER;
                Scenario scenario = new Scenario(SMALL, Map.of(at, Fault.HALT_AFTER, Points.RECOVERY + crash, how));
                violations.addAll(scenario.violations());
                tally.add(scenario);
            }
        }
        System.out.println("crashes of the recovery: " + tally + ", " + violations.size() + " violations");
        assertThat(violations.stream().limit(SHOWN_MAX)).isEmpty();
        assertThat(tally.count()).isGreaterThan(300);
    }
}
