// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.port.SampleRuns;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
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
                asked.terms());
        return run(runId, input);
    }

    /** A run of an input as a user writes it; its payloads are left to the test. */
    public static Run run(String runId, String json) {
        return run(runId, TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 42));
    }

    private static Run run(String runId, TuningInput input) {
        Run template = SampleRuns.run(runId);
        return new Run(
                runId,
                template.executionId(),
                template.function(),
                template.before(),
                template.highestVersion(),
                template.promoteAlias(),
                input.withPayloads(List.of()),
                template.concurrency(),
                template.startedAt(),
                template.expiresAt());
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
