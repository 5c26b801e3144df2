// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.run.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Buys the same number of invocations at every size, exactly as asked, cold starts included, and then decides. A size that
 * turned out not to work gets no more; nothing is bought twice, whatever became of it.
 */
public final class ExhaustivePlanner implements Planner {
    /** The policy's name in the input. */
    public static final String NAME = "exhaustive";

    private final List<Arm> arms;
    private final int invocationCount;
    private final Ranking ranking;

    /**
     * Creates the policy.
     *
     * @param powerValues the sizes in MB
     * @param invocationCount invocations per size, at least 1
     * @param goal what "best" means
     */
    public ExhaustivePlanner(List<Integer> powerValues, int invocationCount, Goal goal) {
        if (invocationCount < 1) {
            throw new IllegalArgumentException("invocationCount must be at least 1, got: " + invocationCount);
        }
        this.arms = powerValues.stream().map(Arm::ofSize).toList();
        this.invocationCount = invocationCount;
        this.ranking = new Ranking(goal);
    }

    @Override
    public Move next(Observations observations, long seed) {
        List<Purchase> purchases = new ArrayList<>();
        if (observations.roundsLeft() > 0) {
            arms.stream().flatMap(arm -> missing(arm, observations)).forEach(purchases::add);
        }
        return purchases.isEmpty() ? ranking.decide(observations) : new Move.Allocate(purchases);
    }

    private Stream<Purchase> missing(Arm arm, Observations observations) {
        boolean isFeasible =
                observations.of(arm.id()).map(ArmObservations::isFeasible).orElse(true);
        int bought = observations.of(arm.id()).map(ArmObservations::boughtCount).orElse(0);
        return isFeasible && bought < invocationCount
                ? Stream.of(new Purchase(arm.id(), arm.memoryMB(), invocationCount - bought))
                : Stream.empty();
    }
}
