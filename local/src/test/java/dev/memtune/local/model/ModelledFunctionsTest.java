// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.RunnableVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelledFunctionsTest {
    private static final ModelCurve CURVE = new ModelCurve(100, 10, 50, 0.2, 64);
    private final List<Duration> slept = new ArrayList<>();
    private final ModelledFunctions functions = new ModelledFunctions(
            new ModelFunctionRunner(CURVE, new SplittableRandom(9)), slept::add, InstantSource.system());

    private static String log(ModelledFunctions functions) throws InterruptedException {
        RunnableVersion version = new RunnableVersion(
                "arn", "f", "1", "java21", "h", Path.of("."), 1769, Duration.ofSeconds(9), Map.of());
        InvocationResult result = functions.invoke(
                version, new Invocation("id", "arn", "{}".getBytes(StandardCharsets.UTF_8), Optional.empty()));
        return new String(result.log(), StandardCharsets.UTF_8);
    }

    @Test
    void repeatsItselfFromTheModelsSeed() throws InterruptedException {
        FunctionModel model = new FunctionModel(CURVE, 0.3, "Sad", 0.3, 0, 5);
        functions.put("f", model);
        List<String> first = List.of(log(functions), log(functions), log(functions), log(functions));
        functions.put("f", model);
        List<String> again = List.of(log(functions), log(functions), log(functions), log(functions));

        assertThat(again).isEqualTo(first);
        assertThat(first).doesNotHaveDuplicates();
    }

    @Test
    void startsColdAfterAnEnvironmentWasRecycled() throws InterruptedException {
        functions.put("f", new FunctionModel(CURVE, 0, "Sad", 1, 0, 5));

        assertThat(List.of(log(functions), log(functions))).allMatch(text -> text.contains("Init Duration: 50.00 ms"));
    }

    @Test
    void keepsTheEnvironmentOfAFunctionThatThrows() throws InterruptedException {
        functions.put("f", new FunctionModel(CURVE, 1, "Sad", 0, 0, 5));

        assertThat(log(functions)).contains("Init Duration").contains("Status: error\tError Type: Sad");
        assertThat(log(functions)).doesNotContain("Init Duration");
    }

    @Test
    void letsTimePassAtItsPace() throws InterruptedException {
        functions.put("f", new FunctionModel(new ModelCurve(0, 40, 60, 0, 64), 0, "Sad", 0, 0.5, 5));
        log(functions);
        log(functions);

        assertThat(slept).containsExactly(Duration.ofMillis(50), Duration.ofMillis(20));
    }

    @Test
    void startsAnEnvironmentForEachInvocationAtATime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        ModelledFunctions parallel = new ModelledFunctions(
                functions,
                duration -> {
                    try {
                        together.await(60, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                InstantSource.system());
        parallel.put("f", new FunctionModel(CURVE, 0, "Sad", 0, 1, 5));
        List<String> logs = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < 2; round++) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(Thread.startVirtualThread(() -> {
                    try {
                        logs.add(log(parallel));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(logs)
                .hasSize(6)
                .filteredOn(text -> text.contains("Init Duration"))
                .hasSize(3);
    }

    @Test
    void leavesFunctionsWithoutAModelToTheOthers() throws InterruptedException {
        assertThat(log(functions)).contains("Init Duration: 50.00 ms");
        functions.put("g", FunctionModel.of(CURVE, 1));
        assertThat(functions.remove("g")).isTrue();
        assertThat(functions.remove("g")).isFalse();
        assertThat(log(functions)).doesNotContain("Init Duration");
    }
}
