// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Observations NOTHING = new Observations(Plan.MAX_ROUNDS, List.of());

    private static Run run(String members) {
        String json = "{\"lambdaARN\":\"work\"" + members + "}";
        TuningInput input = TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 7);
        return TuningRuns.run("run1", input, 20);
    }

    private static List<Integer> order(Plan plan) {
        return plan.allocations().stream().map(one -> one.arm().memoryMB()).toList();
    }

    private static Move.Allocate allocate(int count, int... sizes) {
        return new Move.Allocate(IntStream.of(sizes)
                .mapToObj(size -> new Purchase(Arm.ofSize(size).id(), size, count))
                .toList());
    }

    @Test
    void shufflesTheArmsAnewInEachRoundAndAlikeForTheSameSeed() {
        Run run = run("");
        Move.Allocate move = allocate(6, 128, 256, 512, 1024, 1769);
        Set<List<Integer>> orders = new HashSet<>();
        for (int round = 1; round <= 20; round++) {
            Plan plan = Rounds.plan(run, round, move, Map.of(), NOTHING);
            assertThat(order(plan)).containsExactlyInAnyOrder(128, 256, 512, 1024, 1769);
            assertThat(plan).isEqualTo(Rounds.plan(run, round, move, Map.of(), NOTHING));
            orders.add(order(plan));
        }
        assertThat(orders).hasSizeGreaterThan(10);
    }

    @Test
    void startsASecondEnvironmentOnlyWhereEnoughInvocationsShareIt() {
        Plan many = Rounds.plan(run(""), 1, allocate(8, 128, 256), Map.of(), NOTHING);
        Plan few = Rounds.plan(run(""), 1, allocate(4, 128, 256), Map.of(), NOTHING);
        Plan one = Rounds.plan(run(",\"parallelInvocation\":false"), 1, allocate(8, 128), Map.of(), NOTHING);

        assertThat(many.allocations()).extracting(Allocation::parallelism).containsOnly(2);
        assertThat(few.allocations()).extracting(Allocation::parallelism).containsOnly(1);
        assertThat(one.allocations()).extracting(Allocation::parallelism).containsOnly(1);
    }

    @Test
    void usesEveryEnvironmentThatWasStartedEvenForAFewInvocations() {
        ArmObservations two = arm(List.of(cold(300), cold(310), warm(20), warm(21)));
        ArmObservations one = arm(List.of(cold(300), warm(20), warm(21), warm(20)));

        assertThat(parallelism(2, two)).isEqualTo(2);
        assertThat(parallelism(2, one)).isEqualTo(1);
    }

    @Test
    void startsMoreEnvironmentsWhereAColdStartCostsLittle() {
        ArmObservations cheap = arm(List.of(cold(30), cold(31), warm(20), warm(21)));
        ArmObservations dear = arm(List.of(cold(300), cold(310), warm(20), warm(21)));

        assertThat(parallelism(15, cheap)).isEqualTo(4);
        assertThat(parallelism(15, dear)).isEqualTo(2);
    }

    private static int parallelism(int count, ArmObservations arm) {
        Observations observations = new Observations(10, List.of(arm));
        return Rounds.plan(run(""), 2, allocate(count, 512), Map.of(), observations)
                .allocations()
                .getFirst()
                .parallelism();
    }

    private static ArmObservations arm(List<Measurement> measurements) {
        return new ArmObservations(Arm.ofSize(512).id(), 512, measurements.size(), true, measurements);
    }

    private static Measurement cold(double billedMs) {
        return new Measurement(billedMs, 20, true, 1);
    }

    private static Measurement warm(double billedMs) {
        return new Measurement(billedMs, billedMs, false, 1);
    }

    @Test
    void keepsToTheBoundOfInvocationsAtOnce() {
        Run run = run(",\"num\":40,\"powerValues\":[128,256,512],\"parallelInvocation\":true");

        Plan plan = Rounds.first(run, Rates.NONE);

        int most = plan.maxConcurrency()
                * Collections.max(
                        plan.allocations().stream().map(Allocation::parallelism).toList());
        assertThat(most).isLessThanOrEqualTo(run.concurrency());
    }

    @Test
    void refusesABudgetThatNotOneInvocationIsSureToKeepTo() {
        Run run = run(",\"maxSpend\":0.000001");

        assertThatThrownBy(() -> Rounds.first(run, new Rates(1e-9, 2e-7)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(
                        "maxSpend: must allow one invocation that takes as long as the function's time-out");
    }

    @Test
    void measuresThePresentSizeWhereASavingOverItIsAskedFor() {
        Run run = run(",\"powerValues\":[128,3008],\"minSaving\":0.1");

        assertThat(order(Rounds.first(run, Rates.NONE))).contains(run.before().memoryMB());
        assertThat(order(Rounds.first(run(",\"powerValues\":[128,3008]"), Rates.NONE)))
                .doesNotContain(run.before().memoryMB());
    }

    @Test
    void givesEverySizeEachPayloadBeforeItCanBeChosen() {
        Plan planned = Rounds.plan(run(""), 1, allocate(4, 128, 256), Map.of(), NOTHING);

        assertThat(covering("", planned)).containsOnly(30);
        assertThat(covering(",\"maxInvocations\":100", planned)).containsOnly(4);
        assertThat(covering(",\"num\":4,\"powerValues\":[128,256]", planned)).containsOnly(4);
        assertThat(covering(",\"dryRun\":true", planned)).containsOnly(4);
    }

    @Test
    void addsNothingToASizeThatWasGivenEachPayload() {
        Observations known = new Observations(10, List.of(arm(List.of(warm(20), warm(21)))));
        Plan planned = Rounds.plan(run(""), 2, allocate(4, 512), Map.of(), known);

        assertThat(covering("", planned)).containsOnly(4);
    }

    private static List<Integer> covering(String members, Plan plan) {
        return Rounds.covering(plan, run(members).input(), 30).allocations().stream()
                .map(Allocation::invocationCount)
                .toList();
    }
}
