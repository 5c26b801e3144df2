// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.recorder.OutcomeDocument;
import java.util.Objects;
import java.util.Optional;

/** Reads from the run store how a tuning ended. */
public final class RecordedEnd {
    private RecordedEnd() {}

    /**
     * The end of a run.
     *
     * @param fallback how it ended if nothing was recorded
     * @param message why, if nothing was recorded
     */
    public static TuningEnd of(RunStore store, String runId, Outcome fallback, String message) {
        Optional<OutcomeDocument> document = document(store, runId);
        Optional<TuningResult> result =
                store.document(runId, TuningResult.DOCUMENT).map(json -> Json.read(json, TuningResult.class));
        return new TuningEnd(
                runId,
                document.map(OutcomeDocument::outcome).orElse(fallback),
                document.map(one -> Objects.requireNonNullElse(one.cause(), "")).orElse(message),
                result,
                store.samples(runId));
    }

    /** Whether the run's own end was recorded. */
    static boolean isThere(RunStore store, String runId) {
        return document(store, runId).isPresent();
    }

    private static Optional<OutcomeDocument> document(RunStore store, String runId) {
        return store.document(runId, OutcomeDocument.NAME).map(json -> Json.read(json, OutcomeDocument.class));
    }
}
