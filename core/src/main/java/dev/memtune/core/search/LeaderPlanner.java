// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.TrimmedMean;
import dev.memtune.core.wire.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rule of AWS Lambda Power Tuning 4.4.0, for whoever wants its answer: the same number of invocations at every size,
 * cold starts among them; means without the lowest and the highest values, the billed one rounded up; the least wins, and
 * only exact equality is a tie, which the other figure decides. It makes no statement of confidence, so neither does this.
 */
public final class LeaderPlanner implements Planner {
    /** The policy's name in the input. */
    public static final String NAME = "leader";

    private final Planner purchases;
    private final Goal goal;
    private final double trimmedShare;

    /**
     * Creates the policy.
     *
     * @param purchases says what to buy
     * @param goal what "best" means
     * @param trimmedShare the share of values dropped at each end, 0 to {@value TrimmedMean#MAX_SHARE}
     */
    public LeaderPlanner(Planner purchases, Goal goal, double trimmedShare) {
        this.purchases = purchases;
        this.goal = goal;
        this.trimmedShare = trimmedShare;
    }

    @Override
    public Move next(Observations observations, long seed) {
        return switch (purchases.next(observations, seed)) {
            case Move.Allocate allocate -> allocate;
            case Move.Decide decide -> decide(observations);
        };
    }

    /** The rule's figures of one size; {@code cost} in megabyte-milliseconds. */
    private record Figures(ArmObservations arm, double cost, double duration) {
        static Figures of(ArmObservations arm, double trimmedShare) {
            double billedMs = TrimmedMean.of(
                    arm.measurements().stream()
                            .mapToDouble(Measurement::billedMs)
                            .toArray(),
                    trimmedShare);
            double durationMs = TrimmedMean.of(
                    arm.measurements().stream()
                            .mapToDouble(Measurement::durationMs)
                            .toArray(),
                    trimmedShare);
            return new Figures(arm, Math.ceil(billedMs) * arm.memoryMB(), durationMs);
        }
    }

    private Move.Decide decide(Observations observations) {
        List<Figures> sizes = observations.arms().stream()
                .filter(ArmObservations::isRankable)
                .map(arm -> Figures.of(arm, trimmedShare))
                .filter(one -> one.duration() > 0)
                .sorted(Comparator.comparingInt(one -> one.arm().memoryMB()))
                .toList();
        if (sizes.isEmpty()) {
            return new Move.Decide(List.of(), false);
        }
        double maxCost = sizes.stream().mapToDouble(Figures::cost).max().orElseThrow();
        double maxDuration = sizes.stream().mapToDouble(Figures::duration).max().orElseThrow();
        Figures best = sizes.stream().min(order(maxCost, maxDuration)).orElseThrow();
        double least = value(best, maxCost, maxDuration);
        List<Standing> standings = new ArrayList<>();
        standings.add(new Standing(best.arm().armId(), best.arm().memoryMB(), Verdict.BEST, 0));
        for (Figures other : sizes) {
            if (!other.arm().armId().equals(best.arm().armId())) {
                double difference = value(other, maxCost, maxDuration) / least - 1;
                Verdict verdict = difference <= goal.tolerance() ? Verdict.WITHIN_TOLERANCE : Verdict.NOT_SEPARATED;
                standings.add(new Standing(other.arm().armId(), other.arm().memoryMB(), verdict, difference));
            }
        }
        return new Move.Decide(standings, false);
    }

    private Comparator<Figures> order(double maxCost, double maxDuration) {
        Comparator<Figures> byCost = Comparator.comparingDouble(Figures::cost);
        Comparator<Figures> byDuration = Comparator.comparingDouble(Figures::duration);
        return switch (goal.strategy()) {
            case COST -> byCost.thenComparing(byDuration);
            case DURATION -> byDuration.thenComparing(byCost);
            case BALANCED -> Comparator.comparingDouble(one -> value(one, maxCost, maxDuration));
        };
    }

    private double value(Figures one, double maxCost, double maxDuration) {
        return switch (goal.strategy()) {
            case COST -> one.cost();
            case DURATION -> one.duration();
            case BALANCED ->
                goal.balancedWeight() * one.cost() / maxCost
                        + (1 - goal.balancedWeight()) * one.duration() / maxDuration;
        };
    }
}
