// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Rates;
import dev.memtune.core.wire.CheckVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rates that docs/concepts/check.md publishes hold; CheckBenchmark prints them in full. */
class CheckPlannerTest {
    private static final int PAIRS = 400;
    private static final Gate COST = new Gate.CostIncrease(0.05);

    /** Without the request fee, so that 10 % more time is 10 % more money. */
    private static final Rates RATES = new Rates(Rates.USUAL.perMegabyteMs(), 0);

    private static CheckSettings settings(Gate... gates) {
        return new CheckSettings(List.of(gates), 0.95, CheckSettings.USUAL_PER_SIDE, RATES, RATES);
    }

    private static SimulatedPair pair(Noise candidate, Noise baseline, double factor, long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        Supplier<Noise.Call> ofBaseline = baseline.calls(random.split());
        Supplier<Noise.Call> ofCandidate = candidate.calls(random.split());
        return new SimulatedPair(
                () -> {
                    Noise.Call call = ofCandidate.get();
                    return new Noise.Call(factor * call.ms(), call.isCold());
                },
                ofBaseline);
    }

    private static double share(CheckVerdict verdict, Noise noise, double factor) {
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        int count = 0;
        for (int seed = 0; seed < PAIRS; seed++) {
            count += pair(noise, noise, factor, seed).checkedBy(planner).verdict() == verdict ? 1 : 0;
        }
        return (double) count / PAIRS;
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, .06, .18, .47, .95})
    void hardlyEverFailsAnEqualVersion(double variation) {
        assertThat(share(CheckVerdict.FAIL, Noise.independent(variation), 1)).isLessThanOrEqualTo(0.01);
    }

    @Test
    void hardlyEverFailsAnEqualVersionWhoseEnvironmentsDiffer() {
        assertThat(share(CheckVerdict.FAIL, Noise.independent(0.10).onHosts(0.05), 1))
                .isLessThanOrEqualTo(0.01);
    }

    /** As recorded next to a step of a short function: 14 % between environments, each of which serves a while. */
    @Test
    void hardlyEverFailsAnEqualVersionWhoseEnvironmentsTakeTurns() {
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        int fails = 0;
        int pairs = 5 * PAIRS;
        for (int seed = 0; seed < pairs; seed++) {
            SplittableRandom random = new SplittableRandom(seed).split();
            SimulatedPair pair = new SimulatedPair(turns(random.split()), turns(random.split()));
            fails += pair.checkedBy(planner).verdict() == CheckVerdict.FAIL ? 1 : 0;
        }
        assertThat((double) fails / pairs).isLessThanOrEqualTo(0.01);
    }

    private static Supplier<Noise.Call> turns(SplittableRandom random) {
        double[] host = {0.14 * random.nextGaussian()};
        return () -> {
            host[0] = random.nextInt(8) == 0 ? 0.14 * random.nextGaussian() : host[0];
            return new Noise.Call(100 * Math.exp(host[0] + 0.14 * random.nextGaussian()), false);
        };
    }

    @Test
    void failsWhatIsGrosslyDearerAtHalfTheBudget() {
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        SimulatedPair pair = pair(Noise.independent(0.05), Noise.independent(0.05), 2, 1);
        assertThat(pair.checkedBy(planner).verdict()).isEqualTo(CheckVerdict.FAIL);
        assertThat(pair.perSide()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, .03, .06})
    void findsTenPerCentMoreAmongQuietFunctions(double variation) {
        Noise noise = Noise.independent(variation);
        assertThat(share(CheckVerdict.PASS, noise, 1.10)).isLessThanOrEqualTo(0.05);
        assertThat(share(CheckVerdict.UNDECIDED, noise, 1.10)).isLessThanOrEqualTo(0.10);
        assertThat(share(CheckVerdict.UNDECIDED, noise, 1)).isLessThanOrEqualTo(0.10);
    }

    @Test
    void neverFailsACandidateThatOnlyWarmsUp() {
        Noise fresh = Noise.independent(0.05).warmingUp(2);
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        for (int seed = 0; seed < 50; seed++) {
            assertThat(pair(fresh, Noise.independent(0.05), 1, seed)
                            .checkedBy(planner)
                            .verdict())
                    .isNotEqualTo(CheckVerdict.FAIL);
        }
    }

    @Test
    void stopsEarlyWhereItIsPlainAndSpendsNoMoreThanItsBudget() {
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        SimulatedPair quiet = pair(Noise.independent(0.01), Noise.independent(0.01), 1, 2);
        assertThat(quiet.checkedBy(planner).verdict()).isEqualTo(CheckVerdict.PASS);
        assertThat(quiet.perSide()).isLessThanOrEqualTo(15);
        SimulatedPair loud = pair(Noise.independent(0.95), Noise.independent(0.95), 1, 1);
        Examination undecided = loud.checkedBy(planner);
        assertThat(loud.perSide()).isEqualTo(CheckSettings.USUAL_PER_SIDE);
        assertThat(undecided.readings().getFirst().invocationsToDecide()).isGreaterThan(60);
    }

    /** With the middle one of the numbers that undecided checks name, most pairs are decided, whether equal or not. */
    @ParameterizedTest
    @ValueSource(doubles = {.18, .47})
    void namesANumberThatDecides(double variation) {
        Noise noise = Noise.independent(variation);
        CheckPlanner usual = SimulatedPair.planner(settings(COST));
        List<Integer> named = new ArrayList<>();
        for (int seed = 0; seed < 50; seed++) {
            Integer number = pair(noise, noise, 1.10, seed)
                    .checkedBy(usual)
                    .readings()
                    .getFirst()
                    .invocationsToDecide();
            named.add(number == null ? CheckSettings.USUAL_PER_SIDE : number);
        }
        int middle = named.stream().sorted().toList().get(named.size() / 2);
        CheckPlanner enough = SimulatedPair.planner(new CheckSettings(List.of(COST), 0.95, middle, RATES, RATES));
        for (double factor : new double[] {1, 1.10}) {
            int undecided = 0;
            for (int seed = 100; seed < 120; seed++) {
                CheckVerdict verdict =
                        pair(noise, noise, factor, seed).checkedBy(enough).verdict();
                undecided += verdict == CheckVerdict.UNDECIDED ? 1 : 0;
            }
            assertThat(undecided).isLessThanOrEqualTo(9);
        }
    }

    @Test
    void goesOnUntilEveryGateIsSettled() {
        CheckPlanner planner = SimulatedPair.planner(settings(COST, new Gate.P95(200)));
        SimulatedPair pair = pair(Noise.independent(0.05), Noise.independent(0.05), 1, 1);
        Examination examination = pair.checkedBy(planner);
        assertThat(examination.verdict()).isEqualTo(CheckVerdict.PASS);
        assertThat(pair.perSide()).isEqualTo(60);
    }

    @Test
    void failsAPercentileAndACostThatAreClearlyAbove() {
        Noise noise = Noise.independent(0.05);
        CheckPlanner planner = SimulatedPair.planner(settings(new Gate.P95(70), new Gate.CostPerMillion(1)));
        Examination examination = pair(noise, noise, 1, 1).checkedBy(planner);
        assertThat(examination.readings()).allMatch(reading -> reading.verdict() == CheckVerdict.FAIL);
        assertThat(examination.readings().getLast().estimate()).isBetween(1.6, 1.8);
    }

    @Test
    void passesAnAbsoluteCostWithoutLookingAtTheBaseline() {
        Noise noise = Noise.independent(0.05);
        CheckPlanner planner = SimulatedPair.planner(settings(new Gate.CostPerMillion(2.5)));
        assertThat(pair(noise, Noise.independent(0.9), 1, 1).checkedBy(planner).verdict())
                .isEqualTo(CheckVerdict.PASS);
    }

    @Test
    void givesEqualAnswersInWhateverOrderTheObservationsCome() {
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        SimulatedPair pair = pair(Noise.independent(0.3), Noise.independent(0.3), 1, 7);
        pair.checkedBy(planner);
        Observations observations = pair.observations(20);
        List<ArmObservations> shuffled = new ArrayList<>();
        for (ArmObservations arm : observations.arms()) {
            List<Measurement> measurements = new ArrayList<>(arm.measurements());
            Collections.shuffle(measurements, new Random(3));
            shuffled.add(new ArmObservations(
                    arm.armId(), arm.memoryMB(), arm.boughtCount(), arm.isFeasible(), measurements));
        }
        Collections.reverse(shuffled);

        assertThat(planner.examine(new Observations(20, shuffled))).isEqualTo(planner.examine(observations));
        assertThat(planner.next(new Observations(20, shuffled), 1)).isEqualTo(planner.next(observations, 1));
    }

    @Test
    void decidesAtOnceWithoutRoundsLeftAndSaysThatNothingIsKnown() {
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        Observations nothing = new Observations(0, List.of());
        assertThat(planner.next(nothing, 1)).isInstanceOf(Move.Decide.class);
        GateReading reading = planner.examine(nothing).readings().getFirst();
        assertThat(reading.verdict()).isEqualTo(CheckVerdict.UNDECIDED);
        assertThat(reading.note()).isEqualTo("no invocation of the candidate was measured");
    }

    @Test
    void buysNoMoreOfAVersionThatDoesNotWork() {
        CheckPlanner planner = SimulatedPair.planner(settings(COST));
        ArmObservations broken = new ArmObservations(CheckPlanner.CANDIDATE, 1024, 3, false, List.of());
        assertThat(planner.next(new Observations(20, List.of(broken)), 1)).isInstanceOf(Move.Decide.class);
    }
}
