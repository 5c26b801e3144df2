// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.CostReport;
import dev.memtune.core.wire.ExecutionSpend;
import dev.memtune.core.wire.GoalNote;
import dev.memtune.core.wire.PriceNote;
import dev.memtune.core.wire.ResultNotes;
import dev.memtune.core.wire.SearchLimits;
import dev.memtune.core.wire.SearchNote;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TuningResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results for tests. */
final class Results {
    static final String CHART = "https://lambda-power-tuning.show/#x";

    private Results() {}

    /** A tuning that found one size to work. */
    static TuningResult tuning(String runId) {
        return tuning(runId, null);
    }

    static TuningResult tuning(String runId, @Nullable CostReport costs) {
        return new TuningResult(
                512,
                1e-5,
                100,
                new ExecutionSpend(0, 0.001, CHART),
                List.of(),
                runId,
                "work",
                new GoalNote(Strategy.COST, 0.5, "exhaustive", 5, 0.05, 42, SearchLimits.NONE),
                List.of(),
                List.of(512),
                List.of(),
                new ConfidenceNote(true, 0.95, "512 MB is the only tested size that works."),
                null,
                new Spend(5, 0, 0.25, 0.001),
                new PriceNote("eu-central-1", "arm64", "USD", 1e-5, 0.2, "https://aws.amazon.com", "2026-11-01", false),
                costs,
                null,
                Map.of(),
                ResultNotes.NONE,
                VirtualClock.START,
                null,
                new SearchNote(1, List.of(), List.of(), List.of(), List.of(), List.of(), null));
    }
}
