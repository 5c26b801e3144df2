// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Welch;
import dev.memtune.core.wire.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says which arm is best and how the others stand to it.
 *
 * <p>The best is the one with the least index, or, among those within the tolerance of it: for cost the fastest, for duration
 * the cheapest, for a balance the least index itself; of equals the smallest size. Means are capped at three medians. Another
 * arm is called worse only if Welch's test on logs says so, at the confidence divided among the rivals (Bonferroni). Only
 * what keeps to the demands, as far as was seen, can be best.
 */
public final class Ranking {
    private final Goal goal;

    /** @param goal what "best" means */
    public Ranking(Goal goal) {
        this.goal = goal;
    }

    /** Ranks every arm that was measured and can work. */
    public Move.Decide decide(Observations observations) {
        List<Candidate> candidates = Candidate.of(observations, goal);
        if (candidates.isEmpty()) {
            return new Move.Decide(List.of(), false);
        }
        List<Candidate> eligible = goal.demands().met(candidates, 1 - goal.confidence());
        if (eligible.isEmpty()) {
            return nearest(candidates);
        }
        Candidate best = best(eligible);
        double errorRate = (1 - goal.confidence()) / Math.max(1, candidates.size() - 1);
        List<Candidate> rivals = eligible.stream()
                .filter(other -> !other.isSameArmAs(best))
                .filter(other ->
                        !Welch.between(best.index(), other.index()).exceeds(-Math.log1p(goal.tolerance()), errorRate))
                .toList();
        Optional<String> unsteady = Steadiness.doubt(best, candidates);
        List<Remark> remarks = Remarks.of(best, rivals, unsteady, goal);
        boolean isStated = rivals.isEmpty() && unsteady.isEmpty();
        return new Move.Decide(standings(candidates, best, errorRate), isStated, remarks);
    }

    /** What is said where no size keeps to what is demanded: the one that is nearest to it. */
    Move.Decide nearest(List<Candidate> candidates) {
        Candidate nearest = candidates.stream()
                .min(Comparator.comparingDouble(
                                (Candidate one) -> goal.demands().excess(one))
                        .thenComparing(Candidate.BY_SIZE))
                .orElseThrow();
        double errorRate = (1 - goal.confidence()) / Math.max(1, candidates.size() - 1);
        return new Move.Decide(
                standings(candidates, nearest, errorRate),
                false,
                Remarks.of(nearest, List.of(), Steadiness.doubt(nearest, candidates), goal));
    }

    /**
     * Says how every arm stands to one that was chosen by other means.
     *
     * @param candidates every arm that was measured, {@code best} among them, by size
     * @param errorRate of each verdict
     */
    List<Standing> standings(List<Candidate> candidates, Candidate best, double errorRate) {
        List<Standing> standings = new ArrayList<>();
        Verdict own = fit(best).isMet() ? Verdict.BEST : Verdict.NEAREST;
        standings.add(new Standing(best.arm().armId(), best.arm().memoryMB(), own, 0));
        for (Candidate other : candidates) {
            if (!other.isSameArmAs(best)) {
                standings.add(standing(other, Welch.between(best.index(), other.index()), errorRate));
            }
        }
        return standings;
    }

    private Demands.Fit fit(Candidate one) {
        return goal.demands().fit(one, 1 - goal.confidence());
    }

    private Candidate best(List<Candidate> candidates) {
        double least = candidates.stream()
                .mapToDouble(one -> one.index().value())
                .min()
                .orElseThrow();
        List<Candidate> equals = candidates.stream()
                .filter(one -> one.index().value() <= least + Math.log1p(goal.tolerance()))
                .toList();
        return equals.stream().min(tieBreak().thenComparing(Candidate.BY_SIZE)).orElseThrow();
    }

    private Comparator<Candidate> tieBreak() {
        return switch (goal.strategy()) {
            case COST -> Comparator.comparingDouble(one -> one.duration().value());
            case DURATION -> Comparator.comparingDouble(one -> one.cost().value());
            case BALANCED -> Comparator.comparingDouble(one -> one.index().value());
        };
    }

    private Standing standing(Candidate other, Welch comparison, double errorRate) {
        Verdict verdict = goal.worse();
        if (!fit(other).isMet()) {
            verdict = Verdict.MISSES_LIMIT;
        } else if (comparison.difference() <= Math.log1p(goal.tolerance())) {
            verdict = Verdict.WITHIN_TOLERANCE;
        } else if (comparison.lowerBound(errorRate) <= 0) {
            verdict = Verdict.NOT_SEPARATED;
        }
        return new Standing(other.arm().armId(), other.arm().memoryMB(), verdict, Math.expm1(comparison.difference()));
    }
}
