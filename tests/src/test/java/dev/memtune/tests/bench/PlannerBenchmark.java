// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.core.run.Arm;
import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Budget;
import dev.memtune.core.search.ClimbAndRacePlanner;
import dev.memtune.core.search.ExhaustivePlanner;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Planner;
import dev.memtune.core.search.Preset;
import dev.memtune.core.search.SearchSettings;
import dev.memtune.core.search.SizeSpace;
import dev.memtune.core.wire.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How long a planner takes to say what comes next, at 46 sizes and 10,000 observations. Prints microseconds per decision:
 * the median of batches, after a warm-up.
 */
public final class PlannerBenchmark {
    private static final int SIZES = 46;
    private static final int OBSERVATIONS = 10_000;
    private static final int BATCHES = 15;
    private static final int DECISIONS_PER_BATCH = 40;
    private static final double NANOS_PER_MICRO = 1_000;

    private PlannerBenchmark() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < SIZES; i++) {
            values.add(128 + 64 * i);
        }
        Observations observations = observations(values);
        Goal goal = Goal.of(Strategy.COST, 1);
        for (SearchSettings.Ties ties : SearchSettings.Ties.values()) {
            SearchSettings settings =
                    new SearchSettings(Preset.STANDARD, goal, SizeSpace.only(values), Budget.UNLIMITED, 0, ties);
            print("standard, " + ties, new ClimbAndRacePlanner(settings), observations);
        }
        print("exhaustive", new ExhaustivePlanner(values, OBSERVATIONS / SIZES, goal), observations);
    }

    private static void print(String name, Planner planner, Observations observations) {
        double[] micros = new double[BATCHES];
        for (int batch = -BATCHES; batch < BATCHES; batch++) {
            long start = System.nanoTime();
            int moves = 0;
            for (int i = 0; i < DECISIONS_PER_BATCH; i++) {
                moves += planner.next(observations, i).hashCode() == 0 ? 1 : 0;
            }
            double elapsed = (System.nanoTime() - start + moves) / NANOS_PER_MICRO / DECISIONS_PER_BATCH;
            micros[Math.max(0, batch)] = elapsed;
        }
        Arrays.sort(micros);
        System.out.printf("%-18s %8.0f microseconds per decision%n", name, micros[BATCHES / 2]);
    }

    /** A function that computes, with a scatter of 20 %, so that hardly anything is settled. */
    private static Observations observations(List<Integer> values) {
        SplittableRandom random = new SplittableRandom(1);
        List<ArmObservations> arms = new ArrayList<>();
        for (int size : values) {
            List<Measurement> measurements = new ArrayList<>();
            for (int i = 0; i < OBSERVATIONS / SIZES; i++) {
                double ms = 1e6 / size * Math.exp(0.2 * random.nextGaussian());
                measurements.add(new Measurement(Math.ceil(ms), ms, false, 1 + i / 10));
            }
            arms.add(new ArmObservations(Arm.ofSize(size).id(), size, measurements.size(), true, measurements));
        }
        return new Observations(1, arms);
    }
}
