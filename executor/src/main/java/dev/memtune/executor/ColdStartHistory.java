// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.MemorySummary;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.ColdStartEstimate;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Estimates how often the function starts cold from its logs of the last day, once per run, where the input allows it. */
final class ColdStartHistory {
    private static final Duration STRETCH = Duration.ofDays(1);

    private final RunStore store;
    private final ReportSource logs;

    ColdStartHistory(RunStore store, ReportSource logs) {
        this.store = store;
        this.logs = logs;
    }

    void estimate(Run run) {
        String group = run.before().logGroup();
        if (!run.input().pricing().coldStartsFromLogs()
                || group == null
                || store.document(run.runId(), ColdStartEstimate.DOCUMENT).isPresent()) {
            return;
        }
        // Only what was before the run: its own invocations start cold as production's do not.
        Instant since = run.startedAt().minus(STRETCH);
        List<MemorySummary> sizes = logs.recent(group, since, run.startedAt())
                .map(LogSummary::bySize)
                .orElse(List.of());
        long invocations = sizes.stream().mapToLong(MemorySummary::count).sum();
        long cold = sizes.stream().mapToLong(MemorySummary::cold).sum();
        store.putDocument(
                run.runId(), ColdStartEstimate.DOCUMENT, Json.write(new ColdStartEstimate(invocations, cold, since)));
    }
}
