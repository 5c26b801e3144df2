// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionTraits;
import dev.memtune.core.port.SampleRuns;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.Pricing;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs and plans for tests of the steps that measure and decide. */
public final class TuningRuns {
    private TuningRuns() {}

    /** A run of the function {@code work} that wants the cheapest of these sizes. */
    public static Run run(String runId, List<Integer> sizes, int num) {
        return run(runId, sizes, num, Strategy.COST);
    }

    /** The same under a strategy. */
    public static Run run(String runId, List<Integer> sizes, int num, Strategy strategy) {
        return run(runId, sizes, num, strategy, Pricing.NONE);
    }

    /** The same with something said of money. */
    public static Run run(String runId, List<Integer> sizes, int num, Strategy strategy, Pricing pricing) {
        Run template = SampleRuns.run(runId);
        TuningInput asked = template.input();
        TuningInput input = new TuningInput(
                asked.function(),
                sizes,
                num,
                asked.policy(),
                strategy,
                asked.balancedWeight(),
                List.of(),
                asked.parallel(),
                asked.concurrency(),
                asked.promote(),
                asked.promoteAlias(),
                asked.allowedErrors(),
                asked.seed(),
                asked.limits(),
                asked.procedure(),
                asked.terms(),
                pricing,
                asked.check());
        return run(runId, input, template.concurrency());
    }

    /** A run of an input as a user writes it; its payloads are left to the test. */
    public static Run run(String runId, String json) {
        TuningInput input = TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 42);
        return run(runId, input, SampleRuns.run(runId).concurrency());
    }

    /** A run of an input; its payloads are left to the test. */
    public static Run run(String runId, TuningInput input, int concurrency) {
        Run template = SampleRuns.run(runId);
        return new Run(
                runId,
                template.executionId(),
                template.function(),
                template.before(),
                template.highestVersion(),
                template.promoteAlias(),
                input.withPayloads(List.of()),
                concurrency,
                template.startedAt(),
                template.expiresAt());
    }

    /** The same for a function of a runtime with SnapStart. */
    public static Run withSnapStart(Run run, String runtime) {
        FunctionConfiguration plain = run.before();
        FunctionConfiguration snapped = new FunctionConfiguration(
                plain.functionArn(),
                plain.functionName(),
                plain.version(),
                plain.memoryMB(),
                plain.timeoutSeconds(),
                plain.description(),
                plain.codeSha256(),
                plain.revisionId(),
                plain.architecture(),
                runtime,
                plain.state(),
                plain.lastUpdateStatus(),
                plain.lastUpdateReason(),
                plain.logFormat(),
                plain.systemLogLevel(),
                plain.logGroup(),
                plain.settingsDigest(),
                plain.untunableReason(),
                new FunctionTraits(1_024, null, false, FunctionTraits.LEAST_EPHEMERAL_MB, true));
        return new Run(
                run.runId(),
                run.executionId(),
                run.function(),
                snapped,
                run.highestVersion(),
                run.promoteAlias(),
                run.input(),
                run.concurrency(),
                run.startedAt(),
                run.expiresAt());
    }

    /** A published arm of this size. */
    public static Arm arm(int memoryMB) {
        return Arm.ofSize(memoryMB).publishedAs(Integer.toString(memoryMB), "memtune-" + memoryMB);
    }

    /** A first round of published arms. */
    public static Plan plan(List<Integer> sizes, int num) {
        List<Allocation> allocations =
                sizes.stream().map(size -> new Allocation(arm(size), 0, num, 1)).toList();
        return new Plan(1, allocations, 1, false, 1);
    }

    /** A warm, measured sample. */
    public static Sample warm(int memoryMB, int index, double durationMs) {
        return sample(memoryMB, index, durationMs, null);
    }

    /** A cold, measured sample, billed with its init. */
    public static Sample cold(int memoryMB, int index, double durationMs) {
        return sample(memoryMB, index, durationMs, 250.0);
    }

    private static Sample sample(int memoryMB, int index, double durationMs, @Nullable Double initMs) {
        long billedMs = (long) Math.ceil(durationMs + (initMs == null ? 0 : initMs));
        return new Sample(
                "m" + memoryMB,
                1,
                index,
                "event",
                Sample.Outcome.MEASURED,
                "id-" + index,
                durationMs,
                billedMs,
                memoryMB,
                64,
                initMs,
                null,
                null,
                null);
    }
}
