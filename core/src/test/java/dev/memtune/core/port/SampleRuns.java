// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionTraits;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import dev.memtune.core.wire.PriceOverride;
import dev.memtune.core.wire.Pricing;
import dev.memtune.core.wire.Procedure;
import dev.memtune.core.wire.SearchLimits;
import dev.memtune.core.wire.SearchPolicy;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TargetTerms;
import dev.memtune.core.wire.TuningInput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Values for tests of stores. */
public final class SampleRuns {
    private SampleRuns() {}

    /** A run of an execution of the same name. */
    public static Run run(String runId) {
        return run(runId, "execution-of-" + runId);
    }

    /** A run with every field set. */
    public static Run run(String runId, String executionId) {
        AliasConfiguration prod = new AliasConfiguration("prod", "3", "live", "rev-a", Map.of("2", 0.25));
        Instant start = Instant.parse("2026-01-02T03:04:05.678901Z");
        return new Run(runId, executionId, "work", before(), 3, prod, input(), 10, start, start.plusSeconds(900));
    }

    /** The same run as it is recorded when nothing is to be promoted any more. */
    public static Run later(String runId) {
        Run run = run(runId);
        return new Run(
                runId,
                run.executionId(),
                run.function(),
                run.before(),
                9,
                null,
                run.input(),
                4,
                run.startedAt().plusSeconds(60),
                run.expiresAt().plusSeconds(60));
    }

    /** An entry with every field set. */
    public static LedgerEntry entry(LedgerEntry.Kind kind, int memoryMB) {
        return new LedgerEntry(kind, "m" + memoryMB, memoryMB, "4", "memtune-r1-m" + memoryMB, "marker \"ü\"\n", null);
    }

    /** A measured sample. */
    public static Sample sample(String armId, int index, long billedMs) {
        return new Sample(
                armId,
                1,
                index,
                "event",
                Sample.Outcome.MEASURED,
                "id-" + index,
                billedMs - 0.25,
                billedMs,
                128,
                64,
                null,
                null,
                null,
                null);
    }

    /** A size that AWS refused. */
    public static Infeasible infeasible(int memoryMB, String message) {
        return new Infeasible("m" + memoryMB, memoryMB, Infeasible.Reason.REFUSED, message);
    }

    /** A move of a target from version 3 to version 7. */
    public static Rollback rollback(String target, String runId) {
        return new Rollback(
                "arn:aws:lambda:eu-central-1:123456789012:function:work",
                target,
                runId,
                new Rollback.Place("3", 512, null),
                new Rollback.Place("7", 1024, "memtune run=" + runId + " size=1024 nonce=1"),
                Instant.parse("2026-01-02T03:04:05.678901Z"));
    }

    private static FunctionConfiguration before() {
        return new FunctionConfiguration(
                "arn:aws:lambda:eu-central-1:123456789012:function:work",
                "work",
                FunctionConfiguration.LATEST,
                512,
                30,
                "",
                "c2hh",
                "rev-1",
                "arm64",
                "java21",
                "Active",
                "Successful",
                null,
                "Text",
                null,
                "/aws/lambda/work",
                "digest",
                null,
                new FunctionTraits(1_024, "arn:aws:sqs:eu-central-1:123456789012:dead", true, 512, false));
    }

    private static TuningInput input() {
        NamedPayload payload =
                new NamedPayload("a.json", Json.tree("{\"n\":[1,2]}".getBytes(StandardCharsets.UTF_8)), 1.5);
        return new TuningInput(
                "work",
                List.of(128, 256),
                5,
                SearchPolicy.EXHAUSTIVE,
                Strategy.COST,
                0.5,
                List.of(payload),
                true,
                null,
                true,
                "prod",
                List.of("Mine"),
                42,
                SearchLimits.NONE,
                Procedure.PLAIN,
                new TargetTerms(true, false, true, false, false, "tenant-1", null, true),
                new Pricing(
                        new PriceOverride(new BigDecimal("0.00001"), new BigDecimal("0.25")),
                        new BigDecimal("0.01"),
                        false,
                        1_000_000L,
                        2),
                null);
    }
}
