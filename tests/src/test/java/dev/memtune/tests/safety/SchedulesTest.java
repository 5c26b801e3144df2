// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.run.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    private static final int SCHEDULES = 400;
    private static final int SHOWN_MAX = 10;

    @Test
    void holdsEveryInvariantWhenTwoRunsAndADeployerMeet() throws InterruptedException {
        List<String> violations = new ArrayList<>();
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            Schedule schedule = new Schedule(seed);
            violations.addAll(schedule.violations());
            schedule.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
        }
        System.out.println(SCHEDULES + " schedules ended " + outcomes + ", " + violations.size() + " violations");
        assertThat(violations.stream().limit(SHOWN_MAX)).isEmpty();
        assertThat(outcomes).containsKeys(Outcome.PROMOTED, Outcome.BUSY, Outcome.FAILED);
    }
}
