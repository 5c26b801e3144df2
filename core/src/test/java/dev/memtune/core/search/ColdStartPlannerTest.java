// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.run.Arm;
import dev.memtune.core.wire.Strategy;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColdStartPlannerTest {
    private static final Goal GOAL = Goal.of(Strategy.COST, 1);

    private static ArmObservations size(int memoryMB, int bought, int cold, boolean isFeasible) {
        List<Measurement> measurements = Collections.nCopies(cold, new Measurement(memoryMB, 100, true, 1));
        return new ArmObservations("m" + memoryMB, memoryMB, bought, isFeasible, measurements);
    }

    private static List<String> bought(int count, int roundsLeft, ArmObservations... sizes) {
        List<Integer> values =
                List.of(sizes).stream().map(ArmObservations::memoryMB).toList();
        Move move = new ColdStartPlanner(values, count, GOAL).next(new Observations(roundsLeft, List.of(sizes)), 1);
        return move instanceof Move.Allocate allocate
                ? allocate.purchases().stream().map(Purchase::armId).toList()
                : List.of();
    }

    @Test
    void buysAnArmForEachStart() {
        assertThat(bought(3, 9, size(128, 0, 0, true), size(512, 0, 0, true)))
                .containsExactly("m128c0", "m512c0", "m128c1", "m512c1", "m128c2", "m512c2");
    }

    @Test
    void buysAnotherStartForEachThatWasWarmWithinABoundAndNeverOfOneSizeAlone() {
        assertThat(bought(5, 9, size(128, 5, 4, true), size(512, 5, 5, true))).containsExactly("m128c5", "m512c5");
        assertThat(bought(5, 9, size(128, 6, 4, true), size(512, 5, 5, true))).isEmpty();
    }

    @Test
    void buysNoMoreOfASizeThatCannotWork() {
        assertThat(bought(2, 9, size(128, 1, 0, false), size(512, 1, 1, true))).containsExactly("m512c1");
    }

    @Test
    void keepsEachRoundSmallAndDecidesInTheLast() {
        ArmObservations[] sizes = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> size(128 + i, 0, 0, true))
                .toArray(ArmObservations[]::new);
        assertThat(bought(25, 9, sizes)).hasSizeLessThanOrEqualTo(ColdStartPlanner.ARMS_PER_ROUND);
        assertThat(bought(25, 0, sizes)).isEmpty();
    }

    @Test
    void decidesByTheColdStarts() {
        Move move = new ColdStartPlanner(List.of(128, 512), 5, GOAL)
                .next(new Observations(9, List.of(size(128, 5, 5, true), size(512, 5, 5, true))), 1);
        assertThat(((Move.Decide) move).best().orElseThrow().memoryMB()).isEqualTo(128);
    }

    @Test
    void needsTwoSizes() {
        assertThatThrownBy(() -> new ColdStartPlanner(List.of(128), 5, GOAL)).hasMessageContaining("two sizes");
    }

    @Test
    void anArmKnowsItsRepetitionAndWhatItIsComparedAs() {
        assertThat(Arm.ofColdStart(512, 7).repetition()).isEqualTo(7);
        assertThat(Arm.comparedAs("m512c7")).isEqualTo("m512");
        assertThat(Arm.ofSize(512).repetition()).isZero();
        assertThat(Arm.comparedAs("candidate")).isEqualTo("candidate");
    }
}
