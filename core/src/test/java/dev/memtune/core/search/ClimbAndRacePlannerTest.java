// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memtune.core.run.Arm;
import dev.memtune.core.wire.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ClimbAndRacePlannerTest {
    private static final List<Integer> GRID = List.of(128, 256, 512, 1024, 1769, 3008);
    private static final int CASES = 60;

    private static ClimbAndRacePlanner planner(Preset preset, Strategy strategy, Budget budget) {
        return new ClimbAndRacePlanner(new SearchSettings(
                preset, Goal.of(strategy, 0.5), SizeSpace.between(GRID), budget, 0, SearchSettings.Ties.LEAST));
    }

    private static ClimbAndRacePlanner cost() {
        return planner(Preset.STANDARD, Strategy.COST, Budget.UNLIMITED);
    }

    private static int best(Move.Decide decide) {
        return decide.best().orElseThrow().memoryMB();
    }

    /** Computes for {@code computeMs} at one vCPU, and waits for {@code waitMs}. */
    private static IntToDoubleFunction curve(double computeMs, double waitMs) {
        return size -> waitMs + computeMs * Math.max(1, 1769.0 / size);
    }

    /** The quota of 20 ms periods: {@code computeMs} take as many periods as their quota needs. */
    private static IntToDoubleFunction staircase(double computeMs) {
        return size -> {
            double quotaMs = 20 * Math.min(1, size / 1769.0);
            double periods = Math.ceil(computeMs / quotaMs - 1e-9) - 1;
            return periods * 20 + computeMs - periods * quotaMs;
        };
    }

    @Test
    void findsTheExactLeastWithoutScatter() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < CASES; i++) {
            double waitMs = 100 + random.nextDouble() * 900;
            double computeMs = 500 * random.nextDouble();
            IntToDoubleFunction curve = size -> curve(computeMs, waitMs).applyAsDouble(size) + 6000.0 / size;
            SimulatedFunction function = new SimulatedFunction(curve, 0, 0, i);

            int chosen = best(function.searchedBy(planner(Preset.RIGOROUS, Strategy.COST, Budget.UNLIMITED)));

            double least = function.invocations().keySet().stream()
                    .mapToDouble(size -> size * curve.applyAsDouble(size))
                    .min()
                    .orElseThrow();
            assertThat(chosen * curve.applyAsDouble(chosen)).isEqualTo(least);
        }
    }

    @Test
    void stopsByTheToleranceWhereAllSizesCostTheSame() {
        int stated = 0;
        for (int seed = 0; seed < 20; seed++) {
            SimulatedFunction function = new SimulatedFunction(size -> 1e6 / size, 0.02, 0, seed);

            Move.Decide decide = function.searchedBy(cost());

            stated += decide.separated() ? 1 : 0;
            assertThat(function.invocationCount()).isLessThan(Preset.STANDARD.maxPerSize() * GRID.size() * 2 / 5);
        }
        assertThat(stated).isGreaterThanOrEqualTo(15); // Chance alone makes some look as if they were not steady.
    }

    @Test
    void findsDifferencesBelowTheToleranceWhereInvocationsScatterLittle() {
        int right = 0;
        for (int seed = 0; seed < CASES; seed++) {
            IntToDoubleFunction meanMs = size -> 1e6 / size * (size == 512 ? 0.985 : 1);
            SimulatedFunction function = new SimulatedFunction(meanMs, 0.03, 0, seed);
            right += best(function.searchedBy(cost())) == 512 ? 1 : 0;
            assertThat(function.invocationCount()).isLessThan(Preset.STANDARD.maxPerSize() * GRID.size() * 2 / 3);
        }
        assertThat(right).isGreaterThanOrEqualTo(CASES * 8 / 10);
    }

    @Test
    void leavesAloneWhatIsHardlyTheBestWhereInvocationsScatterMuch() {
        for (int seed = 0; seed < 20; seed++) {
            IntToDoubleFunction meanMs = size -> 1e6 / size * (size == 512 ? 0.75 : 1);
            SimulatedFunction function = new SimulatedFunction(meanMs, 0.5, 0, seed);
            function.searchedBy(cost());
            assertThat(function.invocationCount()).isLessThan(Preset.STANDARD.maxPerSize() * GRID.size() * 7 / 10);
        }
    }

    @Test
    void theLooksShareTheErrorRate() {
        for (Preset preset : Preset.ALL) {
            double shares = preset.errorShare(preset.firstCount());
            int count = preset.firstCount();
            while (preset.step(count) > 0) {
                count += preset.step(count);
                shares += preset.errorShare(count);
            }
            assertThat(shares).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void leavesOutTheGreatestSizesOfAFunctionThatWaits() {
        for (int seed = 0; seed < 20; seed++) {
            SimulatedFunction function = new SimulatedFunction(curve(0, 200), 0.2, 0, seed);

            int chosen = best(function.searchedBy(cost()));

            assertThat(chosen).isEqualTo(128);
            assertThat(function.invocations()).doesNotContainKeys(1769, 3008);
        }
    }

    @Test
    void landsWithinSixPercentOnAStaircase() {
        double computeMs = 17;
        double least = SizeSpace.between(GRID).allowed().stream()
                .mapToDouble(size -> size * staircase(computeMs).applyAsDouble(size))
                .min()
                .orElseThrow();
        int near = 0;
        for (int seed = 0; seed < CASES; seed++) {
            SimulatedFunction function = new SimulatedFunction(staircase(computeMs), 0.04, 0, seed);
            int chosen = best(function.searchedBy(cost()));
            near += chosen * staircase(computeMs).applyAsDouble(chosen) <= 1.06 * least ? 1 : 0;
        }
        assertThat(near).isGreaterThanOrEqualTo(CASES * 8 / 10);
    }

    @Test
    void givesEqualAnswersInWhateverOrderTheObservationsCome() {
        SplittableRandom seeds = new SplittableRandom(7);
        for (int i = 0; i < CASES; i++) {
            SimulatedFunction function = new SimulatedFunction(curve(100, 50), 0.3, 0, seeds.nextLong());
            function.searchedBy(planner(Preset.QUICK, Strategy.COST, Budget.ofInvocations(5 + i)));
            Observations observations = function.observations(20);
            List<ArmObservations> shuffled = new ArrayList<>();
            Random random = new Random(i);
            for (ArmObservations arm : observations.arms()) {
                List<Measurement> measurements = new ArrayList<>(arm.measurements());
                Collections.shuffle(measurements, random);
                shuffled.add(new ArmObservations(
                        arm.armId(), arm.memoryMB(), arm.boughtCount(), arm.isFeasible(), measurements));
            }
            Collections.shuffle(shuffled, random);

            Move move = cost().next(observations, 1);

            assertThat(cost().next(observations, 1)).isEqualTo(move);
            assertThat(cost().next(new Observations(20, shuffled), 1)).isEqualTo(move);
        }
    }

    @Test
    void neverBuysMoreThanTheBudgetAndSaysSo() {
        for (int most = 1; most < CASES; most++) {
            SimulatedFunction function = new SimulatedFunction(curve(300, 20), 0.5, 0, most);

            Move.Decide decide =
                    function.searchedBy(planner(Preset.RIGOROUS, Strategy.COST, Budget.ofInvocations(most)));

            assertThat(function.invocationCount()).isLessThanOrEqualTo(most);
            assertThat(decide.best()).isPresent();
            SimulatedFunction free = new SimulatedFunction(curve(300, 20), 0.5, 0, most);
            free.searchedBy(planner(Preset.RIGOROUS, Strategy.COST, Budget.UNLIMITED));
            boolean isCut = function.invocationCount() < free.invocationCount();
            assertThat(decide.remarks().stream().anyMatch(remark -> remark.flag() == Flag.BUDGET_EXHAUSTED))
                    .isEqualTo(isCut);
        }
    }

    @Test
    void keepsToTheMostPerSizeAndToTheRounds() {
        for (Strategy strategy : Strategy.values()) {
            for (Preset preset : Preset.ALL) {
                SimulatedFunction function = new SimulatedFunction(size -> 1e5 / size, 0.9, 0, 3);

                Move.Decide decide = function.searchedBy(planner(preset, strategy, Budget.UNLIMITED));

                assertThat(decide.best()).isPresent();
                assertThat(function.invocations().values()).allMatch(count -> count <= preset.maxPerSize());
                assertThat(function.rounds()).isLessThanOrEqualTo(30);
            }
        }
    }

    @Test
    void decidesAtOnceWithoutRoundsLeft() {
        SimulatedFunction function = new SimulatedFunction(curve(100, 50), 0.5, 0, 1);
        function.searchedBy(planner(Preset.QUICK, Strategy.COST, Budget.ofInvocations(9)));

        assertThat(cost().next(function.observations(0), 1)).isInstanceOf(Move.Decide.class);
    }

    @Test
    void doesNotTrySmallerSizesThanOneThatFailed() {
        SimulatedFunction fast = new SimulatedFunction(curve(100, 50), 0.05, 1024, 1);

        int chosen = best(fast.searchedBy(planner(Preset.STANDARD, Strategy.DURATION, Budget.UNLIMITED)));

        assertThat(chosen).isGreaterThanOrEqualTo(1024);
        assertThat(fast.observations(1).arms())
                .extracting(ArmObservations::memoryMB)
                .doesNotContain(128, 256);
    }

    /** As one recorded function is: two of its greater sizes take half as long again, the smaller ones do not. */
    @Test
    void goesOnDownBehindSlowerSizesForSpeed() {
        SimulatedFunction function = new SimulatedFunction(
                size -> switch (size) {
                    case 1024, 1769 -> 150;
                    case 512 -> 80;
                    default -> size > 2048 ? 100 : 300;
                },
                0.02,
                0,
                1);

        assertThat(best(function.searchedBy(planner(Preset.STANDARD, Strategy.DURATION, Budget.UNLIMITED))))
                .isEqualTo(512);
    }

    @Test
    void findsTheSmallestSizeThatWorksOnTheWayUp() {
        SimulatedFunction function = new SimulatedFunction(curve(0, 100), 0.05, 512, 1);

        assertThat(best(function.searchedBy(cost()))).isEqualTo(512);
    }

    @Test
    void saysThatNothingWorks() {
        SimulatedFunction function = new SimulatedFunction(curve(0, 100), 0.05, 20_000, 1);

        assertThat(function.searchedBy(cost()).best()).isEmpty();
    }

    @Test
    void takesTheFasterOfEquallyCheapSizesWhenItTrades() {
        Goal goal = Goal.of(Strategy.COST, 0.5);
        for (int seed = 0; seed < 20; seed++) {
            SimulatedFunction function = new SimulatedFunction(size -> 1e6 / Math.min(size, 1769), 0.02, 0, seed);
            ClimbAndRacePlanner planner = new ClimbAndRacePlanner(new SearchSettings(
                    Preset.STANDARD, goal, SizeSpace.between(GRID), Budget.UNLIMITED, 0, SearchSettings.Ties.TRADE));

            assertThat(best(function.searchedBy(planner))).isGreaterThanOrEqualTo(1024);
        }
    }

    @Test
    void flagsWhatIsNotSettled() {
        SimulatedFunction function = new SimulatedFunction(size -> 1e7 / size, 0.9, 0, 5);

        Move.Decide decide = function.searchedBy(cost());

        assertThat(decide.separated()).isFalse();
        assertThat(decide.remarks())
                .filteredOn(remark -> remark.flag() == Flag.NOT_SEPARATED)
                .singleElement()
                .satisfies(
                        remark -> assertThat(remark.evidence()).contains(" MB may still be better by more than 5 %"));
    }

    /** Each invocation of an environment is faster than the one before, from three times as slow at first. */
    private static Observations warmingUp(Observations steady) {
        List<ArmObservations> arms = new ArrayList<>();
        for (ArmObservations arm : steady.arms()) {
            List<Measurement> measurements = new ArrayList<>();
            for (Measurement one : arm.measurements()) {
                double ms = one.billedMs() * (1 + 2 * Math.exp(-measurements.size() / 10.0));
                measurements.add(new Measurement(ms, ms, false, one.round(), 0, measurements.size()));
            }
            arms.add(new ArmObservations(arm.armId(), arm.memoryMB(), arm.boughtCount(), true, measurements));
        }
        return new Observations(0, arms);
    }

    @Test
    void statesNothingOfAFunctionThatWarmsUp() {
        int steady = 0;
        for (int seed = 0; seed < 20; seed++) {
            SimulatedFunction function = new SimulatedFunction(curve(0, 1e4), 0.03, 0, seed);
            steady += function.searchedBy(cost()).separated() ? 1 : 0;

            Move move = cost().next(warmingUp(function.observations(0)), 1);

            assertThat(move).isInstanceOfSatisfying(Move.Decide.class, decide -> {
                assertThat(decide.separated()).isFalse();
                assertThat(decide.remarks()).extracting(Remark::flag).contains(Flag.NON_STATIONARY);
                assertThat(decide.remarks()).extracting(Remark::evidence).anyMatch(one -> one.contains(" less than "));
            });
        }
        assertThat(steady).isGreaterThanOrEqualTo(15);
    }

    @Test
    void believesANearRivalToBeOutOnlyWhenSeenTwice() {
        List<ArmObservations> arms = new ArrayList<>();
        for (int size : GRID) {
            double ms =
                    size == 256 ? 1500 : 2000; // 256 MB costs half as much again as 128 MB, 512 MB four times as much.
            List<Measurement> measurements = List.of(
                    new Measurement(ms, ms, false, 1, 0, 0),
                    new Measurement(ms, ms, false, 1, 0, 1),
                    new Measurement(ms, ms, false, 1, 0, 2));
            arms.add(new ArmObservations(Arm.ofSize(size).id(), size, 3, true, measurements));
        }
        Move move = cost().next(new Observations(20, arms.subList(0, 3)), 1);

        assertThat(move).isInstanceOfSatisfying(Move.Allocate.class, allocate -> assertThat(allocate.purchases())
                .extracting(Purchase::memoryMB)
                .contains(128, 256)
                .doesNotContain(512));
    }

    @Test
    void isRightAsOftenAsItSays() {
        int stated = 0;
        int wrong = 0;
        for (int seed = 0; seed < 300; seed++) {
            IntToDoubleFunction meanMs = size -> 1e6 / size * (size == 256 ? 0.93 : 1);
            SimulatedFunction function = new SimulatedFunction(meanMs, 0.06, 0, seed);
            Move.Decide decide = function.searchedBy(cost());
            stated += decide.separated() ? 1 : 0;
            wrong += decide.separated() && best(decide) != 256 ? 1 : 0;
        }
        assertThat(stated).isPositive();
        assertThat(wrong).isLessThanOrEqualTo(300 * 5 / 100);
    }
}
