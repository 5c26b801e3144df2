// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExhaustivePlannerTest {
    private static final Goal CHEAPEST = Goal.of(Strategy.COST, 0.5);
    private static final Goal FASTEST = Goal.of(Strategy.DURATION, 0.5);
    private static final List<Integer> SIZES = List.of(128, 256, 512, 1024);

    private static ArmObservations arm(int memoryMB, double... durations) {
        List<Measurement> measurements = IntStream.range(0, durations.length)
                .mapToObj(i -> new Measurement(Math.ceil(durations[i]), durations[i], false, 1))
                .toList();
        return new ArmObservations("m" + memoryMB, memoryMB, durations.length, true, measurements);
    }

    private static double[] around(SplittableRandom random, double mean, int count) {
        return random.doubles(count, mean * 0.9, mean * 1.1).toArray();
    }

    private static Move.Decide decide(Goal goal, ArmObservations... arms) {
        return new Ranking(goal).decide(new Observations(0, List.of(arms)));
    }

    @Test
    void buysExactlyWhatWasAskedAtEverySize() {
        Planner planner = new ExhaustivePlanner(SIZES, 7, CHEAPEST);
        Move.Allocate move = (Move.Allocate) planner.next(new Observations(50, List.of()), 1);
        assertThat(move.purchases())
                .extracting(Purchase::memoryMB, Purchase::invocationCount)
                .containsExactly(tuple(128, 7), tuple(256, 7), tuple(512, 7), tuple(1024, 7));
    }

    @Test
    void neverBuysMoreThanAskedWhateverBecameOfIt() {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 200; run++) {
            int num = 1 + random.nextInt(20);
            Planner planner = new ExhaustivePlanner(SIZES, num, CHEAPEST);
            List<ArmObservations> arms = new ArrayList<>();
            for (int size : SIZES) {
                int bought = random.nextInt(num + 1);
                int measured = random.nextInt(bought + 1);
                ArmObservations known = arm(size, around(random, 100, measured));
                arms.add(new ArmObservations(known.armId(), size, bought, random.nextInt(4) > 0, known.measurements()));
            }
            Observations observations = new Observations(1, arms);
            if (planner.next(observations, run) instanceof Move.Allocate allocate) {
                for (Purchase purchase : allocate.purchases()) {
                    ArmObservations known = observations.of(purchase.armId()).orElseThrow();
                    assertThat(known.isFeasible()).isTrue();
                    assertThat(known.boughtCount() + purchase.invocationCount()).isEqualTo(num);
                }
            }
        }
    }

    @Test
    void decidesWithoutRoundsLeft() {
        Planner planner = new ExhaustivePlanner(SIZES, 7, CHEAPEST);
        assertThat(planner.next(new Observations(0, List.of()), 1)).isEqualTo(new Move.Decide(List.of(), false));
    }

    @Test
    void theOrderOfObservationsDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(2);
        for (int run = 0; run < 100; run++) {
            List<ArmObservations> arms = new ArrayList<>();
            for (int size : SIZES) {
                arms.add(arm(size, around(random, 50_000.0 / size, 8)));
            }
            Ranking ranking = new Ranking(run % 2 == 0 ? CHEAPEST : FASTEST);
            Move.Decide decision = ranking.decide(new Observations(0, arms));
            List<ArmObservations> shuffled = new ArrayList<>();
            for (ArmObservations one : arms) {
                List<Measurement> measurements = new ArrayList<>(one.measurements());
                Collections.shuffle(measurements, new Random(run));
                shuffled.add(new ArmObservations(one.armId(), one.memoryMB(), 8, true, measurements));
            }
            Collections.shuffle(shuffled, new Random(run));
            assertThat(ranking.decide(new Observations(0, shuffled))).isEqualTo(decision);
        }
    }

    @Test
    void aSizeThatGetsDearerDoesNotWinByIt() {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 200; run++) {
            List<ArmObservations> arms = new ArrayList<>();
            for (int size : SIZES) {
                arms.add(arm(size, around(random, 50_000.0 / size * random.nextDouble(0.5, 2), 6)));
            }
            Ranking ranking = new Ranking(CHEAPEST);
            String best = best(ranking, arms);
            int loser = (arms.stream().map(ArmObservations::armId).toList().indexOf(best) + 1) % SIZES.size();
            ArmObservations slower = arms.get(loser);
            arms.set(loser, slowed(slower));
            assertThat(best(ranking, arms)).isNotEqualTo(slower.armId());
        }
    }

    private static ArmObservations slowed(ArmObservations arm) {
        List<Measurement> measurements = arm.measurements().stream()
                .map(one -> new Measurement(one.billedMs() * 1.3, one.durationMs() * 1.3, false, 1))
                .toList();
        return new ArmObservations(arm.armId(), arm.memoryMB(), arm.boughtCount(), true, measurements);
    }

    private static String best(Ranking ranking, List<ArmObservations> arms) {
        return ranking.decide(new Observations(0, arms)).best().orElseThrow().armId();
    }

    @Test
    void takesTheFasterOfSizesThatCostTheSame() {
        Move.Decide decision = decide(CHEAPEST, arm(128, 800, 800, 800), arm(256, 402, 402, 402), arm(512, 400, 400));
        assertThat(decision.best().orElseThrow().memoryMB()).isEqualTo(256);
        assertThat(decision.standings())
                .extracting(Standing::verdict)
                .containsExactly(Verdict.BEST, Verdict.WITHIN_TOLERANCE, Verdict.DEARER);
    }

    @Test
    void takesTheCheaperOfSizesThatAreAsFast() {
        Move.Decide decision = decide(FASTEST, arm(128, 800, 801), arm(1024, 100, 101, 102), arm(2048, 99, 100, 101));
        assertThat(decision.best().orElseThrow().memoryMB()).isEqualTo(1024);
        assertThat(decision.standings())
                .extracting(Standing::verdict)
                .containsExactly(Verdict.BEST, Verdict.SLOWER, Verdict.WITHIN_TOLERANCE);
    }

    @Test
    void saysWhenNoiseHidesTheDifference() {
        Move.Decide decision = decide(CHEAPEST, arm(128, 100, 400, 200), arm(256, 100, 60, 290));
        assertThat(decision.separated()).isFalse();
        assertThat(decision.standings().get(1).verdict()).isEqualTo(Verdict.NOT_SEPARATED);
    }

    @Test
    void separatesWhatIsClear() {
        SplittableRandom random = new SplittableRandom(4);
        Move.Decide decision = decide(CHEAPEST, arm(128, around(random, 200, 10)), arm(1024, around(random, 190, 10)));
        assertThat(decision.separated()).isTrue();
        assertThat(decision.standings().get(1).difference()).isBetween(5.0, 9.0);
    }

    @Test
    void oneSlowCallDoesNotDecide() {
        Move.Decide decision =
                decide(CHEAPEST, arm(128, 100, 100, 100, 100, 100, 100, 3_000), arm(256, 75, 75, 75, 75, 75, 75, 75));
        assertThat(decision.best().orElseThrow().memoryMB()).isEqualTo(128);
    }

    @Test
    void coldStartsCountOnlyWhereThereIsNothingElse() {
        ArmObservations mixed = new ArmObservations(
                "m128",
                128,
                2,
                true,
                List.of(new Measurement(5_000, 100, true, 1), new Measurement(100, 100, false, 1)));
        ArmObservations cold = new ArmObservations("m256", 256, 1, true, List.of(new Measurement(300, 90, true, 1)));
        assertThat(mixed.comparable()).extracting(Measurement::isCold).containsExactly(false);
        assertThat(cold.comparable()).hasSize(1);
        assertThat(decide(CHEAPEST, mixed, cold).best().orElseThrow().memoryMB())
                .isEqualTo(128);
    }

    @Test
    void aDurationOfZeroIsNoTrouble() {
        assertThat(decide(FASTEST, arm(128, 0, 0), arm(256, 0, 0)).standings()).hasSize(2);
    }

    @Test
    void infeasibleSizesDoNotWin() {
        ArmObservations fastButBroken =
                new ArmObservations("m128", 128, 1, false, List.of(new Measurement(1, 1, false, 1)));
        assertThat(decide(CHEAPEST, fastButBroken, arm(256, 100)).standings()).hasSize(1);
    }
}
