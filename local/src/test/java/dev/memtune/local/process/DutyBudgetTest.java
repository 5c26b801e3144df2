// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DutyBudgetTest {
    @Test
    void holdsTheShareOverTimeHoweverLateItSwitches() {
        SplittableRandom random = new SplittableRandom(7);
        for (double share : new double[] {0.0724, 0.145, 0.289, 0.579}) {
            long now = 0;
            long cpu = 0;
            DutyBudget budget = new DutyBudget(share, now, cpu);
            for (int i = 0; i < 2_000; i++) {
                long ran = budget.burstNanos() + random.nextLong(2_000_000);
                now += ran;
                cpu += ran;
                budget.ran(now, cpu);
                now += budget.pauseNanos() + random.nextLong(10_000_000);
                budget.stood(now, cpu);
            }
            assertThat((double) cpu / now / share).isBetween(0.98, 1.02);
        }
    }

    @Test
    void doesNotPauseWhoeverWaits() {
        DutyBudget budget = new DutyBudget(0.0724, 0, 0);
        budget.ran(1_000_000_000, 0);
        assertThat(budget.pauseNanos()).isZero();
        assertThat(budget.burstNanos()).isEqualTo(Math.round(0.0724 * 20_000_000));
        assertThat(budget.covers(0)).isTrue();
        assertThat(budget.covers(1_000_000)).isFalse();
    }

    @Test
    void savesAtMostOnePeriodsWorthWhileItMayRun() {
        DutyBudget budget = new DutyBudget(0.5, 0, 0);
        budget.ran(60_000_000_000L, 0);
        budget.ran(60_000_000_000L, 20_000_000);
        assertThat(budget.pauseNanos()).isEqualTo(40_000_000);
    }

    @Test
    void keepsWhatItEarnsWhileItIsWokenLate() {
        DutyBudget budget = new DutyBudget(0.5, 0, 0);
        budget.ran(0, 10_000_000);
        budget.stood(60_000_000, 10_000_000);
        budget.ran(60_000_000, 35_000_000);
        assertThat(budget.pauseNanos()).isEqualTo(10_000_000);
    }

    @Test
    void countsTimeOfEndedThreadsAsNoneUsed() {
        DutyBudget budget = new DutyBudget(0.5, 0, 9_000_000);
        budget.ran(1, 5_000_000);
        assertThat(budget.pauseNanos()).isZero();
    }
}
