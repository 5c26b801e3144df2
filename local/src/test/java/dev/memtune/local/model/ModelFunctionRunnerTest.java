// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.RunnableVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModelFunctionRunnerTest {
    private static final ModelCurve CURVE = new ModelCurve(100, 10, 50.5, 0, 150);
    private final ModelFunctionRunner runner = new ModelFunctionRunner(CURVE, new SplittableRandom(1));

    private InvocationResult invoke(int memoryMB) throws InterruptedException {
        RunnableVersion version = new RunnableVersion(
                "arn:" + memoryMB, "f", "1", "java21", "h", Path.of("."), memoryMB, Duration.ofSeconds(1), Map.of());
        return runner.invoke(
                version, new Invocation("id", "arn", "{}".getBytes(StandardCharsets.UTF_8), Optional.empty()));
    }

    private static String report(InvocationResult result) {
        return new String(result.log(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("REPORT"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void followsTheCurve() throws InterruptedException {
        assertThat(CURVE.durationMs(1769)).isEqualTo(110);
        assertThat(CURVE.durationMs(3538)).isEqualTo(110);
        invoke(1769);

        assertThat(report(invoke(1769)))
                .isEqualTo(
                        "REPORT RequestId: id\tDuration: 110.00 ms\tBilled Duration: 110 ms\tMemory Size: 1769 MB\tMax Memory Used: 150 MB\t");
    }

    @Test
    void billsTheInitOfAColdStart() throws InterruptedException {
        assertThat(report(invoke(1769))).contains("Billed Duration: 161 ms").contains("Init Duration: 50.50 ms");
    }

    @Test
    void runsOutOfMemoryBelowItsNeed() throws InterruptedException {
        InvocationResult result = invoke(128);

        assertThat(result.functionError()).contains("Unhandled");
        assertThat(new String(result.payload(), StandardCharsets.UTF_8)).contains("Runtime.ExitError");
        assertThat(report(result)).contains("Error Type: Runtime.OutOfMemory");
    }

    @Test
    void timesOut() throws InterruptedException {
        InvocationResult result = invoke(160);

        assertThat(new String(result.payload(), StandardCharsets.UTF_8))
                .contains("Sandbox.Timedout")
                .contains("Task timed out after 1.00 seconds");
        assertThat(report(result)).contains("Duration: 1000.00 ms").contains("Status: timeout");
    }

    @Test
    void repeatsItselfFromTheSameSeed() throws InterruptedException {
        ModelCurve noisy = new ModelCurve(100, 10, 50, 0.3, 100);
        ModelFunctionRunner first = new ModelFunctionRunner(noisy, new SplittableRandom(5));
        ModelFunctionRunner second = new ModelFunctionRunner(noisy, new SplittableRandom(5));
        RunnableVersion version = new RunnableVersion(
                "arn", "f", "1", "java21", "h", Path.of("."), 1024, Duration.ofSeconds(9), Map.of());
        Invocation invocation = new Invocation("id", "arn", new byte[0], Optional.empty());

        assertThat(first.invoke(version, invocation).log())
                .isEqualTo(second.invoke(version, invocation).log());
    }

    @Test
    void refusesNegativeCurves() throws InterruptedException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelCurve(-1, 0, 0, 0, 0))
                .withMessageContaining("must not be negative");
    }
}
