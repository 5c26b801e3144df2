// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Planner;
import dev.memtune.core.search.Purchase;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.CheckVerdict;
import dev.memtune.core.wire.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares a candidate with a baseline: buys the same number of both in every round, so that whatever else changes meanwhile
 * strikes both, and looks at the data four times at most. See {@code docs/concepts/check.md} for the method and its measured
 * error rates.
 *
 * <p>Keeps no state: every answer is worked out anew from all observations.
 */
public final class CheckPlanner implements Planner {
    /** The candidate's arm. */
    public static final String CANDIDATE = "candidate";
    /** The baseline's arm. */
    public static final String BASELINE = "baseline";

    /** A function whose every start is cold would never have its warm invocations; so many times too many is enough. */
    private static final int MAX_ATTEMPTS = 2;
    /** Invocations of a version in one round: few, so that both take turns. */
    private static final int MAX_PER_ROUND = 5;
    /** Rounds that even the greatest budget leaves for what fails or is cold. */
    private static final int MOST_ROUNDS = 30;

    private final CheckSettings settings;
    private final int candidateMB;
    private final int baselineMB;
    private final Looks looks;

    /**
     * Creates the policy.
     *
     * @param candidateMB the candidate's memory size
     * @param baselineMB the baseline's
     */
    public CheckPlanner(CheckSettings settings, int candidateMB, int baselineMB) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.candidateMB = candidateMB;
        this.baselineMB = baselineMB;
        this.looks = Looks.of(settings.mostPerSide());
    }

    @Override
    public Move next(Observations observations, long seed) {
        List<Purchase> wanted = observations.roundsLeft() == 0 ? List.of() : wanted(observations);
        return wanted.isEmpty() ? decide(observations) : new Move.Allocate(wanted);
    }

    /** What can be said now. Where it is not time for a look, what could be said at the last one. */
    public Examination examine(Observations observations) {
        Optional<Side> candidate = side(observations, CANDIDATE);
        Optional<Side> baseline = side(observations, BASELINE);
        if (candidate.isEmpty() || baseline.isEmpty()) {
            String note = "no invocation of the " + (candidate.isEmpty() ? CANDIDATE : BASELINE) + " was measured";
            return new Examination(settings.gates().stream()
                    .map(gate -> GateReading.unknown(gate, note))
                    .toList());
        }
        Comparison comparison = new Comparison(candidate.get(), baseline.get());
        int look = looks.reached(count(comparison));
        if (look < 0) {
            String note = "fewer than " + looks.counts().getFirst() + " invocations of each version were measured";
            return new Examination(settings.gates().stream()
                    .map(gate -> GateReading.unknown(gate, note))
                    .toList());
        }
        Examiner examiner = new Examiner(settings, comparison, looks, look);
        return new Examination(settings.gates().stream().map(examiner::read).toList());
    }

    private static int count(Comparison comparison) {
        return Math.min(comparison.candidate().count(), comparison.baseline().count());
    }

    private static Optional<Side> side(Observations observations, String armId) {
        return observations.of(armId).filter(ArmObservations::isRankable).map(Side::of);
    }

    private List<Purchase> wanted(Observations observations) {
        if (isBroken(observations, CANDIDATE) || isBroken(observations, BASELINE)) {
            return List.of();
        }
        int count = Math.min(warm(observations, CANDIDATE), warm(observations, BASELINE));
        boolean isOver = count >= looks.counts().getLast();
        if (isOver || (looks.isDue(count) && examine(observations).verdict() != CheckVerdict.UNDECIDED)) {
            return List.of();
        }
        int goal = looks.next(count);
        List<Purchase> purchases = new ArrayList<>();
        add(purchases, observations, new Purchase(CANDIDATE, candidateMB, goal));
        add(purchases, observations, new Purchase(BASELINE, baselineMB, goal));
        return purchases;
    }

    private void add(List<Purchase> purchases, Observations observations, Purchase goal) {
        int bought =
                observations.of(goal.armId()).map(ArmObservations::boughtCount).orElse(0);
        int missing = goal.invocationCount() - warm(observations, goal.armId());
        int most = MAX_ATTEMPTS * settings.mostPerSide() - bought;
        int perRound = Math.max(MAX_PER_ROUND, Math.ceilDiv(settings.mostPerSide(), MOST_ROUNDS));
        int count = Math.min(Math.min(missing, most), perRound);
        if (count > 0) {
            purchases.add(new Purchase(goal.armId(), goal.memoryMB(), count));
        }
    }

    private static int warm(Observations observations, String armId) {
        return observations
                .of(armId)
                .map(arm -> (int)
                        arm.measurements().stream().filter(one -> !one.isCold()).count())
                .orElse(0);
    }

    private static boolean isBroken(Observations observations, String armId) {
        return observations.of(armId).filter(arm -> !arm.isFeasible()).isPresent();
    }

    private Move.Decide decide(Observations observations) {
        CheckVerdict verdict = examine(observations).verdict();
        Standing candidate = standing(CANDIDATE, candidateMB, verdict == CheckVerdict.PASS);
        Standing baseline = standing(BASELINE, baselineMB, verdict != CheckVerdict.PASS);
        return new Move.Decide(
                verdict == CheckVerdict.PASS ? List.of(candidate, baseline) : List.of(baseline, candidate),
                verdict != CheckVerdict.UNDECIDED);
    }

    private static Standing standing(String armId, int memoryMB, boolean isBest) {
        return new Standing(armId, memoryMB, isBest ? Verdict.BEST : Verdict.NOT_SEPARATED, 0);
    }
}
