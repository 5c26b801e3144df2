// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.wire.Strategy;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LeaderPlannerTest {
    private static ArmObservations arm(int size, double... billedMs) {
        List<Measurement> measurements = DoubleStream.of(billedMs)
                .mapToObj(ms -> new Measurement(ms, ms, false, 1))
                .toList();
        return new ArmObservations("m" + size, size, billedMs.length, true, measurements);
    }

    private static int choice(Strategy strategy, double weight, ArmObservations... arms) {
        List<Integer> sizes =
                List.of(arms).stream().map(ArmObservations::memoryMB).toList();
        Planner planner = leader(sizes, Goal.of(strategy, weight));
        Move.Decide decide = (Move.Decide) planner.next(new Observations(9, List.of(arms)), 1);
        return decide.best().orElseThrow().memoryMB();
    }

    private static Planner leader(List<Integer> sizes, Goal goal) {
        return new LeaderPlanner(new ExhaustivePlanner(sizes, 5, goal), goal, 0.2);
    }

    @Test
    void dropsAFifthAtEachEnd() {
        assertThat(choice(Strategy.COST, 1, arm(128, 1, 100, 100, 100, 100), arm(256, 40, 40, 40, 40, 9000)))
                .isEqualTo(256);
    }

    @Test
    void roundsTheMeanUp() {
        // 10.4 ms at 256 MB cost less than 21 ms at 128 MB, but counted as 11 ms they cost more.
        assertThat(choice(Strategy.COST, 1, arm(128, 21, 21, 21, 21, 21), arm(256, 10, 10, 10, 11.2, 12)))
                .isEqualTo(128);
    }

    @Test
    void takesTheFasterOfExactlyEqualCosts() {
        assertThat(choice(Strategy.COST, 1, arm(128, 80, 80, 80, 80, 80), arm(256, 40, 40, 40, 40, 40)))
                .isEqualTo(256);
    }

    @Test
    void dividesByTheGreatestForABalance() {
        ArmObservations small = arm(128, 100, 100, 100, 100, 100);
        ArmObservations large = arm(512, 40, 40, 40, 40, 40);
        assertThat(choice(Strategy.BALANCED, 0.5, small, large)).isEqualTo(512);
        assertThat(choice(Strategy.BALANCED, 1, small, large)).isEqualTo(128);
    }

    @Test
    void makesNoStatementOfConfidence() {
        Planner planner = leader(List.of(128), Goal.of(Strategy.COST, 1));
        Move.Decide decide = (Move.Decide) planner.next(new Observations(9, List.of(arm(128, 1, 1, 1, 1, 1))), 1);
        assertThat(decide.separated()).isFalse();
    }
}
