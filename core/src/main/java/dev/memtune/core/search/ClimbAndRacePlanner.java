// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.run.Arm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Climbs through the sizes until going on is hopeless, races those it has seen until no rival can be better by more than the
 * tolerance, then tries sizes of its own where a short function's duration has steps, or between neighbours that are clearly
 * dearer. See {@code docs/concepts/search.md} for the method and what it was measured against.
 *
 * <p>Keeps no state: every answer is worked out anew from all observations. A size that was given up is looked at again when
 * the others' figures change, and what is said at the end holds for all the figures at the end.
 */
public final class ClimbAndRacePlanner implements Planner {
    /** A function whose every start is cold would never have its warm invocations; this many times too many is enough. */
    private static final int MAX_ATTEMPTS = 3;
    /** Where a cold start costs so many warm invocations, more of those are bought per visit. */
    private static final double DEAR_COLD_START = 10;

    private static final int DEAR_COLD_START_COUNT = 10;
    /** Whether an equal size may be taken for its speed is argued about up to so many invocations of each. */
    private static final int TRADE_COUNT = 15;

    private final SearchSettings settings;
    private final Climb climb;
    private final ExtraSizes extraSizes;

    /** @param settings all there is to be told */
    public ClimbAndRacePlanner(SearchSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.climb = new Climb(settings.sizes().rungs(), settings.goal());
        this.extraSizes = new ExtraSizes(settings.sizes(), settings.goal());
    }

    @Override
    public Move next(Observations observations, long seed) {
        List<Candidate> candidates = Candidate.of(observations, settings.goal());
        List<Purchase> wanted = wanted(candidates, observations);
        List<Purchase> affordable =
                observations.roundsLeft() == 0 ? List.of() : settings.budget().clip(wanted, observations);
        return affordable.isEmpty() ? decide(candidates, !wanted.isEmpty()) : new Move.Allocate(affordable);
    }

    private List<Purchase> wanted(List<Candidate> candidates, Observations observations) {
        Preset preset = preset(observations);
        List<Purchase> visits = visits(candidates, observations, preset);
        if (!visits.isEmpty() || candidates.isEmpty()) {
            return visits;
        }
        // The steps need no race: whoever would win it without them may lose to one of them.
        List<Integer> steps = extraSizes.steps(candidates, observations);
        List<Purchase> rounds = steps.isEmpty() ? raceOn(candidates, preset) : firstVisits(steps, preset);
        if (!rounds.isEmpty()) {
            return rounds;
        }
        List<Candidate> eligible = contest(candidates).eligible();
        if (eligible.isEmpty()) {
            return List.of();
        }
        Candidate leader = race(eligible, preset).leader();
        return firstVisits(extraSizes.between(candidates, leader, observations), preset);
    }

    private List<Purchase> firstVisits(List<Integer> sizes, Preset preset) {
        int count = preset.firstCount() + settings.expectedColdCount();
        return sizes.stream().map(size -> purchase(size, count)).toList();
    }

    /** What is missing at the sizes of the climb, and at those that were added later. */
    private List<Purchase> visits(List<Candidate> candidates, Observations observations, Preset preset) {
        Set<Integer> sizes = new TreeSet<>(climb.visits(candidates, observations));
        observations.arms().stream()
                .filter(arm -> arm.isFeasible() && arm.boughtCount() > 0)
                .filter(arm -> !settings.sizes().rungs().contains(arm.memoryMB()))
                .forEach(arm -> sizes.add(arm.memoryMB()));
        List<Purchase> purchases = new ArrayList<>();
        for (int size : sizes) {
            int missing = missing(observations.of(Arm.ofSize(size).id()), preset);
            if (missing > 0) {
                purchases.add(purchase(size, missing));
            }
        }
        return purchases;
    }

    private int missing(Optional<ArmObservations> arm, Preset preset) {
        int bought = arm.map(ArmObservations::boughtCount).orElse(0);
        if (bought == 0) {
            return preset.firstCount() + settings.expectedColdCount();
        }
        long warm = arm.orElseThrow().measurements().stream()
                .filter(one -> !one.isCold())
                .count();
        int most = MAX_ATTEMPTS * preset.firstCount() - bought;
        return Math.clamp(preset.firstCount() - warm, 0, Math.max(0, most));
    }

    /** More for the leader and whoever may still beat it, until it is settled or each has had its share. */
    private List<Purchase> raceOn(List<Candidate> candidates, Preset preset) {
        Contest contest = contest(candidates);
        Set<Candidate> running = new LinkedHashSet<>(contest.doubtful());
        if (!contest.eligible().isEmpty()) {
            running.addAll(race(contest.eligible(), preset).worthwhile());
        }
        List<Purchase> purchases = more(running, preset);
        boolean isTraded = settings.ties() == SearchSettings.Ties.TRADE;
        return running.isEmpty() && isTraded && !contest.eligible().isEmpty()
                ? arguedTrade(race(contest.eligible(), preset), contest.eligible(), preset)
                : purchases;
    }

    private Race race(List<Candidate> eligible, Preset preset) {
        return new Race(eligible, preset, settings.goal().costWeight(), settings.sizes());
    }

    private Contest contest(List<Candidate> candidates) {
        return Contest.of(candidates, settings.goal(), settings.preset());
    }

    /**
     * The leader is found, but another size looks equal to it and is better in the other respect: twice as fast for the
     * same money is worth some invocations more to know, though not as many as the best itself.
     */
    private List<Purchase> arguedTrade(Race race, List<Candidate> candidates, Preset preset) {
        double equal = race.leader().index().value() + Math.log1p(preset.tolerance());
        Candidate wished = candidates.stream()
                .filter(one -> one.index().value() <= equal)
                .min(tradeOrder())
                .orElseThrow();
        List<Candidate> arguing = new ArrayList<>(race.rivals(wished));
        if (arguing.isEmpty()) {
            return List.of();
        }
        arguing.add(wished);
        return more(arguing, preset.cappedAt(TRADE_COUNT));
    }

    private static List<Purchase> more(Collection<Candidate> some, Preset preset) {
        List<Candidate> running = new ArrayList<>(some);
        running.sort(Comparator.comparingDouble((Candidate one) -> one.index().value())
                .thenComparing(Candidate.BY_SIZE));
        List<Purchase> purchases = new ArrayList<>();
        for (Candidate one : running) {
            int most = MAX_ATTEMPTS * preset.maxPerSize() - one.arm().boughtCount();
            int count = Math.min(preset.step(one.count()), most);
            if (count > 0) {
                purchases.add(purchase(one.arm().memoryMB(), count));
            }
        }
        return purchases;
    }

    private static Purchase purchase(int memoryMB, int count) {
        return new Purchase(Arm.ofSize(memoryMB).id(), memoryMB, count);
    }

    /** Visits are few and long where a cold start costs as much as many warm invocations. */
    private Preset preset(Observations observations) {
        boolean isColdDear = observations.arms().stream().anyMatch(ClimbAndRacePlanner::isColdDear);
        return isColdDear ? settings.preset().startingAt(DEAR_COLD_START_COUNT) : settings.preset();
    }

    private static boolean isColdDear(ArmObservations arm) {
        double[] cold = billedMs(arm, true);
        if (cold.length == 0) {
            return false; // Sorting the many warm ones for nothing is what would take the time.
        }
        double[] warm = billedMs(arm, false);
        return warm.length > 0 && mean(cold) > DEAR_COLD_START * mean(warm);
    }

    private static double[] billedMs(ArmObservations arm, boolean isCold) {
        return arm.measurements().stream()
                .filter(one -> one.isCold() == isCold)
                .mapToDouble(Measurement::billedMs)
                .sorted()
                .toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private Move.Decide decide(List<Candidate> candidates, boolean isExhausted) {
        if (candidates.isEmpty()) {
            return new Move.Decide(List.of(), false);
        }
        Ranking ranking = new Ranking(settings.goal());
        List<Candidate> eligible = contest(candidates).eligible();
        if (eligible.isEmpty()) {
            return ranking.nearest(candidates);
        }
        Race race = race(eligible, settings.preset());
        Candidate best = best(race);
        List<Candidate> rivals = race.rivals(best);
        double errorRate = settings.preset().errorRate() / Math.max(1, candidates.size() - 1);
        List<Remark> remarks = new ArrayList<>();
        if (isExhausted) {
            remarks.add(Remarks.exhausted(best));
        }
        Optional<String> unsteady = Steadiness.doubt(best, candidates);
        remarks.addAll(Remarks.of(best, rivals, unsteady, settings.goal()));
        boolean isStated = rivals.isEmpty() && unsteady.isEmpty();
        return new Move.Decide(ranking.standings(candidates, best, errorRate), isStated, remarks);
    }

    /** The leader, or among those of which the same can be said: for cost the fastest, for duration the cheapest. */
    private Candidate best(Race race) {
        return settings.ties() == SearchSettings.Ties.TRADE
                ? race.firstSettled(tradeOrder()).orElseGet(race::leader)
                : race.leader();
    }

    private Comparator<Candidate> tradeOrder() {
        Comparator<Candidate> other =
                switch (settings.goal().strategy()) {
                    case COST ->
                        Comparator.comparingDouble(one -> one.duration().value());
                    case DURATION ->
                        Comparator.comparingDouble(one -> one.cost().value());
                    case BALANCED ->
                        Comparator.comparingDouble(one -> one.index().value());
                };
        return other.thenComparing(Candidate.BY_SIZE);
    }
}
