// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.failure.Busy;
import dev.memtune.core.failure.Full;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.failure.Queued;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.InMemoryTuningSlots;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final String INPUT = "{\"lambdaARN\":\"primes\",\"payload\":1,\"waitForTurn\":true}";
    private static final String OTHER = "{\"lambdaARN\":\"other\",\"payload\":1,\"waitForTurn\":true}";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add("primes", 512);
    private final InMemoryRunStore store = new InMemoryRunStore();
    private final InMemoryTuningSlots slots = new InMemoryTuningSlots(1, clock);
    private final Initializer initializer = new Initializer(
                    lambda,
                    store,
                    clock,
                    clock,
                    ObjectSource.NONE,
                    run -> new Plan(1, List.of(), run.concurrency(), false, 1),
                    new InitializerLimits(Duration.ofMinutes(4), Duration.ofHours(1)))
            .bounded(slots);

    private void initialize(String execution, String input) {
        initializer.initialize(new InitializerInput(
                new InitializerInput.Execution(execution, "name", VirtualClock.START),
                Json.tree(input.getBytes(StandardCharsets.UTF_8))));
    }

    private void hold(String holder, Duration rest) {
        Lease lease = new Lease(holder, 1, clock.instant().plus(rest), 512);
        function.putAlias(Lease.ALIAS, "$LATEST", lease.description(), Map.of());
    }

    @Test
    void takesASlotAndKeepsItWhenRepeated() {
        initialize("a", INPUT);
        initialize("a", INPUT);
        assertThat(slots.inside()).containsExactly(RunIds.of("a"));
    }

    @Test
    void waitsForTheHolderWithoutASlotOrARecord() {
        hold("other", Duration.ofMinutes(5));
        assertThatExceptionOfType(Queued.class)
                .isThrownBy(() -> initialize("a", INPUT))
                .withMessageContaining("run other holds primes until");
        assertThat(slots.inside()).isEmpty();
        assertThat(store.find(RunIds.of("a"))).isEmpty();
        assertThat(lambda.calls()).noneMatch(LambdaCall::isChanging);
    }

    @Test
    void findsTheFunctionAsItIsWhenItsTurnHasCome() {
        hold("dead", Duration.ofMinutes(-1));
        function.editMemory(1024);
        assertThatExceptionOfType(Queued.class)
                .as("its holder says that it had 512 MB, which somebody has to look after first")
                .isThrownBy(() -> initialize("a", INPUT));
        assertThat(store.find(RunIds.of("a")).orElseThrow().before().memoryMB()).isEqualTo(1024);
        function.editMemory(512);
        initialize("a", INPUT);
        assertThat(store.find(RunIds.of("a")).orElseThrow().before().memoryMB()).isEqualTo(512);
        assertThat(slots.inside()).containsExactly(RunIds.of("a"));
    }

    @Test
    void waitsWhileAsManyRunAsMay() {
        lambda.add("other", 512);
        initialize("a", INPUT);
        assertThatExceptionOfType(Full.class)
                .isThrownBy(() -> initialize("b", OTHER))
                .withMessageContaining("MaxRunningTunings");
        slots.leave(RunIds.of("a"));
        initialize("b", OTHER);
        assertThat(slots.inside()).containsExactly(RunIds.of("b"));
    }

    @Test
    void givesTheSlotBackWhenAnotherRunIsFasterByAMoment() {
        lambda.hook(CallHook.before(call -> {
            if (call.action().equals("CreateAlias")) {
                hold("faster", Duration.ofMinutes(5));
            }
        }));
        assertThatExceptionOfType(Queued.class)
                .isThrownBy(() -> initialize("a", INPUT))
                .withMessageContaining("run faster holds primes");
        assertThat(slots.inside()).isEmpty();
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void byHandFailsAtOnceAndNeedsNoSlot() {
        initialize("a", INPUT);
        String byHand = "{\"lambdaARN\":\"primes\",\"payload\":1}";
        assertThatExceptionOfType(Busy.class).isThrownBy(() -> initialize("b", byHand));
        lambda.add("other", 512);
        initialize("c", byHand.replace("primes", "other"));
        assertThat(slots.inside()).containsExactly(RunIds.of("a"));
    }

    @Test
    void saysThatThereIsNoFunctionAsEverybodyIsTold() {
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> initialize("a", OTHER))
                .withMessageContaining("there is no function other");
    }
}
