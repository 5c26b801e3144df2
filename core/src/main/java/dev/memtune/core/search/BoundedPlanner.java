// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Keeps another planner within a budget: when nothing more can be bought, it decides by what was. */
public final class BoundedPlanner implements Planner {
    private final Planner planner;
    private final Budget budget;

    /** @param planner one that decides without rounds left, as all do */
    public BoundedPlanner(Planner planner, Budget budget) {
        this.planner = Objects.requireNonNull(planner, "planner");
        this.budget = Objects.requireNonNull(budget, "budget");
    }

    @Override
    public Move next(Observations observations, long seed) {
        return switch (planner.next(observations, seed)) {
            case Move.Decide decide -> decide;
            case Move.Allocate allocate -> {
                List<Purchase> affordable = budget.clip(allocate.purchases(), observations);
                yield affordable.isEmpty() ? exhausted(observations, seed) : new Move.Allocate(affordable);
            }
        };
    }

    private Move exhausted(Observations observations, long seed) {
        Observations last = new Observations(0, observations.arms());
        return switch (planner.next(last, seed)) {
            case Move.Allocate allocate ->
                throw new IllegalStateException("a planner went on without rounds left: " + allocate);
            case Move.Decide decide -> {
                List<Remark> remarks = new ArrayList<>();
                remarks.add(new Remark(
                        Flag.BUDGET_EXHAUSTED, "the invocations that were asked for are more than the budget allows"));
                remarks.addAll(decide.remarks());
                yield new Move.Decide(decide.standings(), decide.separated(), remarks);
            }
        };
    }
}
