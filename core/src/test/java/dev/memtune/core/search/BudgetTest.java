// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.wire.Strategy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    private static final List<Integer> GRID = List.of(128, 512, 1769);
    private static final Rates RATES = new Rates(1e-9, 1e-6);
    private static final double TIMEOUT_MS = 5_000;

    /** Mostly quick, and now and then as slow as the time-out lets it be: no history warns of that. */
    private static SimulatedFunction spiteful(long seed) {
        return new SimulatedFunction(size -> TIMEOUT_MS, 0, 0, seed);
    }

    private static double spent(SimulatedFunction function) {
        return function.observations(1).arms().stream()
                .flatMap(
                        arm -> arm.measurements().stream().map(one -> RATES.invocation(one.billedMs(), arm.memoryMB())))
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.005, 0.02, 0.1})
    void isNeverPassedEvenIfEveryInvocationTakesAsLongAsItMay(double maxMoney) {
        Budget budget = new Budget(Integer.MAX_VALUE, maxMoney, RATES, TIMEOUT_MS);
        Goal goal = Goal.of(Strategy.COST, 0.5);
        SimulatedFunction searched = spiteful(1);
        searched.searchedBy(new ClimbAndRacePlanner(new SearchSettings(
                Preset.STANDARD, goal, SizeSpace.between(GRID), budget, 0, SearchSettings.Ties.TRADE)));
        SimulatedFunction exhausted = spiteful(2);
        Move.Decide decide = exhausted.searchedBy(new BoundedPlanner(new ExhaustivePlanner(GRID, 1_000, goal), budget));

        assertThat(spent(searched)).isPositive().isLessThanOrEqualTo(maxMoney);
        assertThat(spent(exhausted)).isPositive().isLessThanOrEqualTo(maxMoney);
        assertThat(decide.best()).isPresent();
        assertThat(decide.remarks()).extracting(Remark::flag).contains(Flag.BUDGET_EXHAUSTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 20_000})
    void spendsInTheNextRoundWhatThisOneLeftOver(int timeoutMs) {
        double maxMoney = RATES.invocation(20, 128) * 60;
        Budget budget = new Budget(Integer.MAX_VALUE, maxMoney, RATES, timeoutMs);
        SimulatedFunction function = new SimulatedFunction(size -> 20, 0, 0, 1);

        function.searchedBy(
                new BoundedPlanner(new ExhaustivePlanner(List.of(128), 50, Goal.of(Strategy.COST, 0.5)), budget));

        // At most one invocation's worst is left unspent when nothing more can be bought.
        double left = maxMoney - spent(function);
        assertThat(left < RATES.invocation(timeoutMs, 128) || function.invocationCount() == 50)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void boundsTheNumberOfAnExhaustivePolicyToo(int most) {
        SimulatedFunction function = new SimulatedFunction(size -> 20, 0, 0, 1);
        BoundedPlanner planner = new BoundedPlanner(
                new ExhaustivePlanner(GRID, 10, Goal.of(Strategy.COST, 0.5)), Budget.ofInvocations(most));

        Move.Decide decide = function.searchedBy(planner);

        assertThat(function.invocationCount()).isEqualTo(Math.min(30, most));
        assertThat(decide.remarks().stream().anyMatch(remark -> remark.flag() == Flag.BUDGET_EXHAUSTED))
                .isEqualTo(most < 30);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 500, 5_000})
    void countsWhatFailedAtWhatItWasBilled(double otherBilledMs) {
        double each = RATES.invocation(1_000, 128);
        Budget budget = new Budget(100, 10 * each, RATES, 1_000);
        ArmObservations failed = new ArmObservations("m128", 128, 1, true, List.of(), otherBilledMs);

        List<Purchase> clipped =
                budget.clip(List.of(new Purchase("m128", 128, 100)), new Observations(5, List.of(failed)));

        double left = 10 * each - RATES.invocation(otherBilledMs, 128);
        assertThat(clipped).containsExactly(new Purchase("m128", 128, (int) (left / each)));
    }
}
