// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.run.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Buys cold starts: each invocation has an arm, and so a version, of its own, because only the first call of a version is
 * sure to start an environment. No round buys of one size alone, because AWS hands out the last version again where nothing
 * changed in between. Where a start was warm all the same, another one is bought, within a bound.
 *
 * <p>What is observed must be the arms of a size as one, with their cold measurements only.
 */
public final class ColdStartPlanner implements Planner {
    /** The most arms in one round: more would not fit into the state of an execution. */
    static final int ARMS_PER_ROUND = 100;
    /** One further attempt for so many cold starts that were asked for, for those that turn out warm; at least one. */
    private static final int STARTS_PER_SPARE = 5;

    private final List<Integer> powerValues;
    private final int startCount;
    private final Ranking ranking;

    /**
     * Creates the policy.
     *
     * @param powerValues the sizes in MB, at least two
     * @param startCount cold starts per size, at least 1
     * @param goal what "best" means
     */
    public ColdStartPlanner(List<Integer> powerValues, int startCount, Goal goal) {
        if (powerValues.size() < 2 || startCount < 1) {
            throw new IllegalArgumentException(
                    "needs two sizes and a cold start each, got: " + powerValues + ", " + startCount);
        }
        this.powerValues = List.copyOf(powerValues);
        this.startCount = startCount;
        this.ranking = new Ranking(goal);
    }

    @Override
    public Move next(Observations observations, long seed) {
        List<Purchase> purchases = new ArrayList<>();
        int most = observations.roundsLeft() > 0 ? Math.max(1, ARMS_PER_ROUND / powerValues.size()) : 0;
        for (int more = 0; more < most; more++) {
            for (int memoryMB : powerValues) {
                ArmObservations known = known(memoryMB, observations);
                if (isWanted(known, more)) {
                    Arm arm = Arm.ofColdStart(memoryMB, known.boughtCount() + more);
                    purchases.add(new Purchase(arm.id(), memoryMB, 1));
                }
            }
        }
        return purchases.isEmpty()
                ? ranking.decide(observations)
                : new Move.Allocate(withCompanions(purchases, observations));
    }

    /** The purchases; if all are of one size, with as many of another one that can work. */
    private List<Purchase> withCompanions(List<Purchase> purchases, Observations observations) {
        int memoryMB = purchases.getFirst().memoryMB();
        Optional<ArmObservations> other = powerValues.stream()
                .filter(size -> size != memoryMB)
                .map(size -> known(size, observations))
                .filter(ArmObservations::isFeasible)
                .findFirst();
        if (other.isEmpty() || purchases.stream().anyMatch(one -> one.memoryMB() != memoryMB)) {
            return purchases;
        }
        List<Purchase> all = new ArrayList<>(purchases);
        ArmObservations known = other.get();
        for (int more = 0; more < purchases.size(); more++) {
            Arm arm = Arm.ofColdStart(known.memoryMB(), known.boughtCount() + more);
            all.add(new Purchase(arm.id(), arm.memoryMB(), 1));
        }
        return all;
    }

    /** Whether a size needs another start besides those that this round buys already. */
    private boolean isWanted(ArmObservations known, int thisRound) {
        return known.isFeasible()
                && known.measurements().size() + thisRound < startCount
                && known.boughtCount() + thisRound < attemptsMax(startCount);
    }

    /** The most starts of a size that are bought for so many cold ones. */
    public static int attemptsMax(int startCount) {
        return startCount + Math.max(1, startCount / STARTS_PER_SPARE);
    }

    private static ArmObservations known(int memoryMB, Observations observations) {
        String id = Arm.ofSize(memoryMB).id();
        return observations.of(id).orElseGet(() -> new ArmObservations(id, memoryMB, 0, true, List.of()));
    }
}
