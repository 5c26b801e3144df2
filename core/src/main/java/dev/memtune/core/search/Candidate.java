// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Capped;
import dev.memtune.core.stats.LogMean;
import dev.memtune.core.stats.Moments;
import dev.memtune.core.stats.PooledNoise;
import dev.memtune.core.stats.RoundMeans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An arm with what the strategy compares; all on logarithms.
 *
 * @param arm the arm
 * @param cost of one invocation, in megabyte-milliseconds
 * @param duration of the handler, in milliseconds
 * @param index what the goal minimises
 * @param billed the moments of the compared billed durations, capped
 * @param rounds how far the means of rounds are off theirs
 */
record Candidate(
        ArmObservations arm, LogMean cost, LogMean duration, LogMean index, Moments billed, RoundMeans rounds) {
    /** Reports count in hundredths of a millisecond; a mean of 0 would have no logarithm. */
    static final double LEAST_MS = 0.01;

    static final Comparator<Candidate> BY_SIZE =
            Comparator.comparingInt((Candidate one) -> one.arm.memoryMB()).thenComparing(one -> one.arm.armId());

    /** Every arm that can be ranked, by size. */
    static List<Candidate> of(Observations observations, Goal goal) {
        List<ArmObservations> arms =
                observations.arms().stream().filter(ArmObservations::isRankable).toList();
        Strata strata = Strata.of(arms);
        List<List<Measurement>> compared =
                arms.stream().map(ArmObservations::comparable).toList();
        List<Moments> billed = new ArrayList<>();
        List<Moments> durations = new ArrayList<>();
        for (List<Measurement> one : compared) {
            billed.add(moments(one, strata, Measurement::billedMs));
            durations.add(moments(one, strata, Measurement::durationMs));
        }
        PooledNoise billedNoise = PooledNoise.ofMany(billed);
        PooledNoise durationNoise = PooledNoise.ofMany(durations);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            LogMean cost = billedNoise.shrink(billed.get(i)).times(arms.get(i).memoryMB());
            LogMean duration = durationNoise.shrink(durations.get(i));
            LogMean index = mix(cost, duration, goal.costWeight());
            RoundMeans rounds = strata.rounds(
                    compared.get(i), Measurement::billedMs, billed.get(i).mean());
            candidates.add(new Candidate(arms.get(i), cost, duration, index, billed.get(i), rounds));
        }
        candidates.sort(BY_SIZE);
        return candidates;
    }

    /** Whether this is the other's arm. */
    boolean isSameArmAs(Candidate other) {
        return arm.armId().equals(other.arm.armId());
    }

    /** How many measurements are compared. */
    int count() {
        return billed.count();
    }

    /** The coefficient of variation of an invocation, drawn towards what all sizes have in common. */
    double scatter() {
        return Math.sqrt(index.variance() * count());
    }

    private static Moments moments(List<Measurement> compared, Strata strata, ToDoubleFunction<Measurement> time) {
        double[] values = strata.values(compared, time);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], LEAST_MS);
        }
        return Capped.of(values).moments();
    }

    /** Billed and handler duration rise and fall together, so their errors add up rather than cancel. */
    private static LogMean mix(LogMean cost, LogMean duration, double weight) {
        double error = weight * Math.sqrt(cost.variance()) + (1 - weight) * Math.sqrt(duration.variance());
        double value = weight * cost.value() + (1 - weight) * duration.value();
        return new LogMean(value, error * error, Math.min(cost.degreesOfFreedom(), duration.degreesOfFreedom()));
    }
}
