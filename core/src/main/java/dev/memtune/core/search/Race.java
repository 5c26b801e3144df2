// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Welch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who is still in the race for the best size, and what may be said of it.
 *
 * <p>What may be said: a rival is out when it cannot be better than the leader by more than the tolerance; only that has to
 * be shown, so flat curves end soon. Each rival gets its share of the error rate, and of that each look its part, which sum
 * to one; so looking often is safe.
 *
 * <p>Who leads, and who is bought for: what is likely by the measurements and by how curves usually run. A rival is worth more
 * invocations while they are expected to gain more than a part of the tolerance for each pass that they cost, which grows with
 * how much invocations scatter. So where they scatter little, differences below the tolerance are found as they cost little;
 * and where they scatter much, a rival that is hardly the best is left alone although that cannot be stated. What can be stated
 * for little more is argued for in any case.
 */
final class Race {
    /** A gain per pass of this part of the tolerance, times how much invocations scatter, is left alone. */
    private static final double NEGLIGIBLE = 1.0 / 500;
    /** Nobody minds losing this part of the tolerance, nor more of it the more was spent. */
    private static final double LEAST_LOSS = 1.0 / 100;
    /** Quiet functions are not argued about any further than those with this coefficient of variation. */
    private static final double LEAST_SCATTER = 0.1;
    /** Beyond this coefficient of variation an invocation more tells too little to ask for more patience. */
    private static final double MOST_SCATTER = 0.3;
    /** A statement is within reach where half as many invocations more would make it, all else as it is. */
    private static final double REACH = 1.5;
    /** A rival twice as bad is out by what one round says. */
    private static final double FAR = Math.log(2);
    /** It is reached for up to this part of the bound per size. */
    private static final double CHEAP = 0.1;

    private final List<Candidate> runners;
    private final Preset preset;
    private final Curve curve;
    private final Worth worth;

    /**
     * Lines them up.
     *
     * @param runners at least one
     * @param costWeight of the index that they are compared by
     * @param sizes those that were named
     */
    Race(List<Candidate> runners, Preset preset, double costWeight, SizeSpace sizes) {
        this.preset = preset;
        RoundEffect rounds = RoundEffect.of(runners);
        this.curve = new Curve(runners, costWeight, rounds);
        this.worth = new Worth(runners, curve, rounds, sizes, costWeight);
        this.runners = runners.stream()
                .sorted(Comparator.comparingDouble(curve::likely).thenComparing(Candidate.BY_SIZE))
                .toList();
    }

    /** The least index that is likely; of equals the smallest size. */
    Candidate leader() {
        return runners.getFirst();
    }

    /** Who is worth more invocations, the leader among them; nobody where none of its rivals is. */
    List<Candidate> worthwhile() {
        Candidate leader = leader();
        List<Candidate> worthwhile = runners.stream()
                .filter(other -> other.isSameArmAs(leader) || isWorthwhile(other, leader))
                .toList();
        return worthwhile.size() > 1 ? worthwhile : List.of();
    }

    private boolean isWorthwhile(Candidate rival, Candidate leader) {
        if (worth.isDone(leader, rival, preset.tolerance())) {
            return false;
        }
        // A second round at least, as without it nothing near is believed.
        double cheapCount = Math.max(CHEAP * preset.maxPerSize(), preset.firstCount() + 1.0);
        boolean isCheap = Math.min(rival.count(), leader.count()) < cheapCount;
        return isWorthItsPrice(rival, leader) || (isCheap && !isOut(rival, leader, 1) && isOut(rival, leader, REACH));
    }

    private boolean isWorthItsPrice(Candidate rival, Candidate leader) {
        double scatter = Math.clamp(Math.max(leader.scatter(), rival.scatter()), LEAST_SCATTER, MOST_SCATTER);
        return curve.between(leader, rival).expectedLoss() > LEAST_LOSS * preset.tolerance() * worth.impatience()
                && worth.perPass(leader, rival) > NEGLIGIBLE * preset.tolerance() * scatter;
    }

    /** Who may still be better than this one by more than the tolerance. */
    List<Candidate> rivals(Candidate of) {
        return runners.stream()
                .filter(other -> !other.isSameArmAs(of) && !isOut(other, of, 1))
                .toList();
    }

    /** The first, in some order, of those of whom it is settled that no other is better by more than the tolerance. */
    Optional<Candidate> firstSettled(Comparator<Candidate> order) {
        return runners.stream().sorted(order).filter(this::isSettled).findFirst();
    }

    /** The most dangerous rivals are asked first: most answers are no. */
    private boolean isSettled(Candidate one) {
        return runners.stream().allMatch(other -> other.isSameArmAs(one) || isOut(other, one, 1));
    }

    /** Whether it is out, or would be with so many times the invocations. */
    private boolean isOut(Candidate rival, Candidate leader, double times) {
        if (times == 1 && !isSeenEnough(rival, leader)) {
            return false;
        }
        double share = preset.errorShare(Math.min(rival.count(), leader.count()));
        return Welch.between(leader.index().repeated(times), rival.index().repeated(times))
                .exceeds(-Math.log1p(preset.tolerance()), preset.errorRate() * share / runners.size());
    }

    /** One round is one stretch of time in one or two environments: what it shows twice, or by far, is believed. */
    private static boolean isSeenEnough(Candidate rival, Candidate leader) {
        int rounds = Math.min(rival.rounds().count(), leader.rounds().count());
        return rounds > 1 || rival.index().value() - leader.index().value() > FAR;
    }
}
