// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.core.run.Outcome;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.TuningResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a tuning ended.
 *
 * @param runId the run
 * @param outcome how
 * @param cause what failed; empty on success
 * @param result what was found; also present when it was found and not put to use
 * @param samples every sample
 */
public record TuningEnd(
        String runId, Outcome outcome, String cause, Optional<TuningResult> result, List<Sample> samples) {
    /** Checks that nothing is null. */
    public TuningEnd {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(result, "result");
        samples = List.copyOf(samples);
    }

    /** The same with notes on what bears on the figures. */
    public TuningEnd withEnvironment(Map<String, String> notes) {
        return new TuningEnd(runId, outcome, cause, result.map(one -> one.withEnvironment(notes)), samples);
    }
}
