// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.CostBasis;
import dev.memtune.core.wire.CostReport;
import dev.memtune.core.wire.ExecutionSpend;
import dev.memtune.core.wire.GoalNote;
import dev.memtune.core.wire.MoneySaving;
import dev.memtune.core.wire.PriceNote;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.ResultNotes;
import dev.memtune.core.wire.SampleCounts;
import dev.memtune.core.wire.Saving;
import dev.memtune.core.wire.SearchLimits;
import dev.memtune.core.wire.SearchNote;
import dev.memtune.core.wire.SizeCost;
import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TuningTextTest {
    private ResultNotes notes = ResultNotes.NONE;

    private static final SampleCounts TEN = new SampleCounts(10, 10, 1, 0, 0, 0, 0, 0, 0, 0);

    @Test
    void showsTableChartAndMeaning() {
        assertThat(String.join("\n", TuningText.of(result(promoted())))).isEqualTo("""
                        resize · strategy cost · policy exhaustive, 10 invocations per size

                        memory MB   vCPU  samples  cold  billed ms          p95 ms  $ per million  verdict
                        ─────────  ─────  ───────  ────  ─────────  ──────  ──────  ─────────────  ─────────────────────────
                              128   0.07        0     0          –               –              –  infeasible: out of memory
                              512   0.29       10     1      100.0  ± 6.00   120.0           1.03  best
                             5308  3.00*       10     1       9.50            12.0          0.992  within 5 %

                          MB  billed ms                        cost per million
                        ────  ────────────────────────  ─────  ────────────────────────  ────────
                         512  ████████████████████████  100.0  ████████████████████████   $1.03 ◀
                        5308  ██▎                        9.50  ███████████████████████   $0.992

                        512 MB: no tested size is more than 5 % cheaper (95 % confidence, 20 invocations).
                        Saving: $0.464 per million invocations ($0.41 to $0.52), $0.929 a month ($0.82 to $1.04).
                        Promoted: alias prod moved from version 3 (1024 MB) to version 7 (512 MB).
                        Spent: 20 invocations, 0.625 GB-s, $0.0000104 at us-east-1 x86_64 prices of 2026-09-19.
                        The tuning itself cost $0.000630 with 12 calls of its own steps and 24 state transitions.
                        AWS refused 2 calls of its control plane because there were too many; they were made again later.
                        Measured on this machine, an estimate of AWS: CPU share by a quota, memory limit by a limit.
                        * more vCPUs than this machine's 2: this size cannot be imitated here.""");
    }

    @Test
    void saysWhatWasWrittenToLatestAndWhereItIsDeclared() {
        Promotion applied =
                new Promotion(Promotion.Status.PROMOTED, "$LATEST", "$LATEST", "$LATEST", 1024, 512, "it was measured");
        notes = new ResultNotes(
                List.of(),
                new ResultNotes.Declared("cloudformation", "shop", "Work", "the template of shop", "MemorySize: 512"));

        assertThat(TuningText.of(result(applied)))
                .contains("Applied: $LATEST has 512 MB instead of 1024 MB.")
                .contains("Its memory size is declared in the template of shop: write \"MemorySize: 512\" there, or the"
                        + " next deployment puts the old size back.");
    }

    @Test
    void saysWhenAnAliasWasCreatedKeptOrLeftAlone() {
        Promotion created = new Promotion(Promotion.Status.PROMOTED, "prod", null, "7", null, 512, "it did not exist");
        Promotion kept =
                new Promotion(Promotion.Status.KEPT, "prod", "3", "3", 512, 512, "it serves the best size already.");

        assertThat(TuningText.of(result(created))).contains("Promoted: alias prod was created at version 7 (512 MB).");
        assertThat(TuningText.of(result(kept))).contains("Alias prod stays: it serves the best size already.");
        assertThat(TuningText.of(result(null))).contains("No alias was moved.");
    }

    @Test
    void saysAFailureInOneLine() {
        assertThat(TuningText.failure(Outcome.BAD_INPUT, "resize", "num must be at least 1"))
                .isEqualTo("resize: bad input: num must be at least 1");
    }

    private static Promotion promoted() {
        return new Promotion(Promotion.Status.PROMOTED, "prod", "3", "7", 1024, 512, "it is the cheapest");
    }

    @Test
    void saysWhatTheCurveShowsAndHowFarToTrustIt() {
        SearchNote search = new SearchNote(
                3,
                List.of(792),
                List.of(3008),
                List.of(new SearchNote.Advice("FEW_ENVIRONMENTS", "1 environment was seen", "allow more at once")),
                List.of(new SearchNote.Advice("WAITING", "200.0 ms at 128 MB", "it mostly waits")),
                List.of(new SearchNote.FasterStep(512, 1024, 34, 0.13, 0.0038)),
                new SearchNote.ExhaustiveNote(50, 150, 6.25, 0.000104));

        assertThat(TuningText.of(result(null, "standard", search)))
                .startsWith("resize · strategy cost · policy standard, at most 10 invocations per size")
                .contains(
                        "The function: it mostly waits (200.0 ms at 128 MB).",
                        "To be faster, per million: 512 → 1024 MB $0.13 for 34.0 ms ($0.0038 a ms).",
                        "Note: 1 environment was seen; allow more at once [FEW_ENVIRONMENTS].",
                        "Not measured, because after the others they could not be best: 3008 MB.",
                        "Spent: 20 invocations, 0.625 GB-s, $0.0000104 at us-east-1 x86_64 prices of 2026-09-19."
                                + " 50 at every named size would have been 150 invocations and at least $0.000104, 10.0"
                                + " times as many GB-s.");
    }

    private TuningResult result(@Nullable Promotion promotion) {
        return result(
                promotion,
                "exhaustive",
                new SearchNote(1, List.of(), List.of(), List.of(), List.of(), List.of(), null));
    }

    private TuningResult result(@Nullable Promotion promotion, String policy, SearchNote search) {
        return new TuningResult(
                512,
                8.3e-7,
                97.5,
                new ExecutionSpend(0, 1.0e-5, ""),
                List.of(),
                "run1",
                "resize",
                new GoalNote(Strategy.COST, 0.5, policy, 10, 0.05, 1, SearchLimits.NONE),
                List.of(
                        new SizeOption(
                                128,
                                0.07,
                                new SampleCounts(1, 0, 0, 1, 0, 0, 0, 0, 0, 0),
                                null,
                                Verdict.INFEASIBLE,
                                "infeasible: out of memory",
                                null),
                        new SizeOption(512, 0.29, TEN, measures(100, 95.0, 106.0, 1.0333), Verdict.BEST, "best", 0.0),
                        new SizeOption(
                                5308,
                                3.0,
                                TEN,
                                measures(9.5, null, null, 0.99218),
                                Verdict.WITHIN_TOLERANCE,
                                "within 5 %",
                                -0.04)),
                List.of(512, 5308),
                List.of(new Infeasible("m128", 128, Infeasible.Reason.OUT_OF_MEMORY, "killed")),
                new ConfidenceNote(
                        true,
                        0.95,
                        "512 MB: no tested size is more than 5 % cheaper (95 % confidence, 20 invocations)."),
                new Saving(1024, 31, -2, 28.0, 34.0, -5.0, 1.0),
                new Spend(20, 0, 0.625, 1.04e-5),
                new PriceNote("us-east-1", "x86_64", "USD", 1.66667e-5, 0.2, "a page", "2026-09-19", false),
                costs(),
                promotion,
                Map.of("cpu", "a quota", "memory", "a limit", TuningText.CPUS, "2"),
                notes,
                Instant.EPOCH,
                null,
                search);
    }

    private static CostReport costs() {
        return new CostReport(
                new CostBasis(0.01, null, 2_000_000L, 512, false, 0),
                List.of(new SizeCost(512, 1e-6, 1.0333, 2.0667, true)),
                new MoneySaving(0.4643, 0.41, 0.52, 0.9286, 0.82, 1.04),
                new TuningCost(1.04e-5, 2e-5, 6e-4, 0, 6.304e-4, false, 12, 1.5, 24, 2));
    }

    private static SizeMeasures measures(
            double billedMs, @Nullable Double lowMs, @Nullable Double highMs, double perMillion) {
        return new SizeMeasures(
                false,
                billedMs,
                lowMs,
                highMs,
                billedMs,
                billedMs,
                billedMs + (lowMs == null ? 2.5 : 20),
                billedMs + 20,
                null,
                null,
                60,
                1e-6,
                perMillion);
    }
}
