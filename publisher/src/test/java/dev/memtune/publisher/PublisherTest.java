// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.change.StartedRun;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.RunRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
    private final StartedRun started = new StartedRun();

    private Plan publish(Plan plan) {
        return publish(plan, Duration.ofMinutes(13));
    }

    private Plan publish(Plan plan, Duration stepTime) {
        return new Publisher(started.lambda, started.store, started.clock, started.clock, stepTime)
                .publish(new PublisherInput(started.ref(), plan));
    }

    private void failOnce(Predicate<LambdaCall> which, RuntimeException fault) {
        AtomicInteger failed = new AtomicInteger();
        started.lambda.hook(CallHook.before(call -> {
            if (which.test(call) && failed.getAndIncrement() == 0) {
                throw fault;
            }
        }));
    }

    private static Predicate<LambdaCall> action(String action) {
        return call -> call.action().equals(action);
    }

    private static List<Arm> arms(Plan plan) {
        return plan.allocations().stream().map(Allocation::arm).toList();
    }

    @Test
    void publishesEverySizeBehindAnAliasAndRestores() {
        started.begin();
        Plan plan = publish(StartedRun.plan(256, 1024));
        assertThat(plan.pending()).isFalse();
        for (Arm arm : arms(plan)) {
            String version = Objects.requireNonNull(arm.version());
            String alias = Objects.requireNonNull(arm.alias());
            assertThat(started.function.configuration(version).memoryMB()).isEqualTo(arm.memoryMB());
            assertThat(started.function.configuration(alias).version()).isEqualTo(version);
        }
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
    }

    /** Arms of two sizes with these repetitions, all of one size before all of the other. */
    private static Plan cold(Integer... repetitions) {
        List<Allocation> allocations = Stream.of(256, 512)
                .flatMap(size -> Stream.of(repetitions).map(repetition -> Arm.ofColdStart(size, repetition)))
                .map(arm -> new Allocation(arm, arm.repetition(), 1, 1))
                .toList();
        return new Plan(1, allocations, 1, true, 1);
    }

    @Test
    void publishesAVersionOfItsOwnForEachOfSeveralArmsOfASize() {
        started.begin();
        List<Arm> arms = new ArrayList<>(arms(publish(cold(0, 1, 2))));
        arms.addAll(arms(publish(cold(3))));
        assertThat(arms).hasSize(8);
        assertThat(arms).extracting(Arm::version).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(arms).extracting(Arm::alias).doesNotHaveDuplicates().contains("memtune-512c2-" + StartedRun.RUN_ID);
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
        assertThat(started.function.latest().description()).isEqualTo("the function's own description");
    }

    @Test
    void changesNothingWhenCalledAgain() {
        started.begin();
        Plan plan = publish(StartedRun.plan(256, 512, 1024));
        int changes = started.changes().size();
        assertThat(arms(publish(plan))).isEqualTo(arms(plan));
        assertThat(started.changes()).hasSize(changes);
    }

    @Test
    void dropsASizeThatTheQuotaRefuses() {
        started.function.memoryQuotaMB(3008);
        started.begin();
        Plan plan = publish(StartedRun.plan(256, 10_240));
        assertThat(arms(plan)).extracting(Arm::memoryMB).containsExactly(256);
        assertThat(started.store.infeasible(StartedRun.RUN_ID))
                .singleElement()
                .satisfies(size -> assertThat(size.reason()).isEqualTo(Infeasible.Reason.REFUSED))
                .satisfies(size -> assertThat(size.message()).contains("3008"));
    }

    @Test
    void measuresAVersionThatIsThereAlreadyAndDoesNotOwnIt() {
        started.function.publish(null, null, "the user's");
        started.begin();
        Plan plan = publish(StartedRun.plan(512));
        assertThat(arms(plan)).extracting(Arm::version).containsExactly("1");
        assertThat(started.ledger().ownVersions()).isEmpty();
        assertThat(started.changes()).noneMatch(call -> call.startsWith("UpdateFunctionConfiguration"));
    }

    @Test
    void choosesAnotherNameWhereSomebodyHasTaken() {
        started.function.publish(null, null, "the user's");
        String taken = "memtune-256-" + StartedRun.RUN_ID;
        started.function.putAlias(taken, "1", "somebody's", Map.of());
        started.begin();
        assertThat(arms(publish(StartedRun.plan(256)))).extracting(Arm::alias).containsExactly(taken + "-1");
        assertThat(Objects.requireNonNull(started.function.aliases().get(taken)).description())
                .isEqualTo("somebody's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PublishVersion", "UpdateFunctionConfiguration"})
    void restoresWhenTheWindowBreaks(String action) {
        started.begin();
        failOnce(
                call -> call.action().equals(action) && started.changes().size() > 2,
                new LambdaFault.Denied("not authorized", null));
        assertThatExceptionOfType(LambdaFault.Denied.class).isThrownBy(() -> publish(StartedRun.plan(256, 1024)));
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
    }

    @Test
    void handsBackRestoredWhenItsTimeIsShort() {
        started.begin();
        started.function.updateTime(Duration.ofSeconds(10));
        Plan plan = publish(StartedRun.plan(128, 256, 1024, 2048), Duration.ofSeconds(60));
        assertThat(plan.pending()).isTrue();
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
        for (int again = 0; again < 5 && plan.pending(); again++) {
            plan = publish(plan, Duration.ofSeconds(60));
        }
        assertThat(plan.pending()).isFalse();
        assertThat(arms(plan)).allMatch(Arm::isPublished).hasSize(4);
    }

    @Test
    void handsBackRestoredAtTheSnapshotLimit() {
        started.begin();
        failOnce(
                action("PublishVersion"),
                new LambdaFault.Throttled("at the limit", "ConcurrentSnapshotCreateLimitExceeded", null, null));
        Plan plan = publish(StartedRun.plan(256));
        assertThat(plan.pending()).isTrue();
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
        assertThat(publish(plan).pending()).isFalse();
    }

    @Test
    void namesAVersionThatSomebodyPublishedAtATrialSize() {
        started.begin();
        AtomicInteger published = new AtomicInteger();
        started.lambda.hook(CallHook.before(call -> {
            if (call.action().equals("PublishVersion") && published.getAndIncrement() == 0) {
                started.function.publish(null, null, "somebody's");
            }
        }));
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> publish(StartedRun.plan(256)))
                .withMessageContaining("version 1")
                .withMessageContaining("256 MB");
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
    }

    @Test
    void leavesADeploymentAloneThatCameBetween() {
        started.begin();
        started.function.editCode("code-2", "settings-1");
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> publish(StartedRun.plan(256)))
                .withMessageContaining("changed or published while the run began");
        assertThat(started.changes()).isEmpty();
    }

    @Test
    void changesNothingOnceCleanHasBegun() {
        started.begin();
        started.store.raiseToken(StartedRun.RUN_ID);
        assertThatExceptionOfType(StaleToken.class).isThrownBy(() -> publish(StartedRun.plan(256)));
        assertThat(started.changes()).isEmpty();
    }

    @Test
    void changesNothingOnceTheLeaseHasRunOut() {
        started.begin();
        started.clock.sleep(Duration.ofHours(2));
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> publish(StartedRun.plan(256)))
                .withMessageContaining("held the function until");
        assertThat(started.changes()).isEmpty();
    }

    @Test
    void refusesARunThatHasNoRecord() {
        Publisher publisher =
                new Publisher(started.lambda, started.store, started.clock, started.clock, Duration.ofMinutes(1));
        PublisherInput input = new PublisherInput(new RunRef("other", StartedRun.FUNCTION, 1), StartedRun.plan(256));
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> publisher.publish(input))
                .withMessageContaining("other");
    }

    @Test
    void waitsForAllActivationsAtOnce() {
        Duration window = Duration.ofMinutes(2);
        started.function.activationTime(window);
        started.begin();
        Instant begin = started.clock.instant();
        Plan plan = publish(StartedRun.plan(128, 256, 1024, 1769, 2048, 3008));
        int calls = 1;
        for (; plan.pending() && calls < 100; calls++) {
            started.clock.sleep(Duration.ofSeconds(plan.waitSeconds()));
            plan = publish(plan);
        }
        Duration total = Duration.between(begin, started.clock.instant());
        System.out.println("6 sizes, activation 120 s: " + total + ", " + calls + " calls of Publish, "
                + started.lambda.calls().size() + " calls to the service");
        assertThat(plan.pending()).isFalse();
        assertThat(total).isLessThan(window.plusSeconds(15));
        assertThat(started.lambda.calls()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 20, 46})
    void takesLittleMoreThanItsWindows(int count) {
        Duration roundTrip = Duration.ofMillis(15);
        started.lambda.hook(CallHook.before(call -> started.clock.sleep(roundTrip)));
        started.begin();
        Instant begin = started.clock.instant();
        int[] sizes = IntStream.range(0, count).map(i -> 576 + 64 * i).toArray();
        assertThat(publish(StartedRun.plan(sizes)).pending()).isFalse();
        double total = Duration.between(begin, started.clock.instant()).toMillis();
        double ratio = total / ((count + 1) * 800.0);
        double callsPerSize = (double) started.lambda.calls().size() / count;
        System.out.println(count + " sizes, update 0.8 s, round trip 15 ms: wall over ideal " + ratio
                + ", calls per size " + callsPerSize);
        assertThat(ratio).isLessThan(1.25);
        assertThat(callsPerSize).isLessThanOrEqualTo(7);
    }

    @Test
    void letsTrialVersionsReportWhereTheLogLevelHidesReports() {
        started.function.editLogLevel("WARN");
        started.begin();
        Plan plan = publish(StartedRun.plan(512, 1024));
        for (Arm arm : arms(plan)) {
            FunctionConfiguration version = started.function.configuration(Objects.requireNonNull(arm.version()));
            assertThat(version.systemLogLevel()).isEqualTo("INFO");
            assertThat(version.memoryMB()).isEqualTo(arm.memoryMB());
        }
        assertThat(started.function.latest().systemLogLevel()).isEqualTo("WARN");
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
    }

    @Test
    void stopsRetriesWhereInvocationsAreAsynchronous() {
        started.begin("\"asynchronous\":true");
        Plan plan = publish(StartedRun.plan(256));
        String alias = Objects.requireNonNull(arms(plan).getFirst().alias());
        assertThat(started.function.withoutRetries()).containsExactly(alias);
        publish(plan);
        assertThat(started.changes())
                .filteredOn(change -> change.startsWith("Put"))
                .hasSize(1);
    }
}
