// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.EndNotice;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.RunResult;
import dev.memtune.core.wire.TuningResult;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what others are told of an end. */
final class EndNotices {
    private static final String CUT = "\n(shortened; the execution and the run store have all of it)";
    private static final String NO_RESULT = "Nothing was to be decided.";

    private EndNotices() {}

    /**
     * The notice.
     *
     * @param ended what was recorded
     * @param function as it was called; null if that is not known
     * @param result what was found; null if there is none
     * @param promotion what became of the alias; null if no step got as far
     */
    static EndNotice of(
            String runId,
            OutcomeDocument ended,
            @Nullable String function,
            @Nullable RunResult result,
            @Nullable Promotion promotion) {
        TuningResult tuning = result instanceof TuningResult one ? one : null;
        ConfidenceNote confidence = tuning == null ? null : tuning.confidence();
        String chart = tuning == null ? "" : tuning.stateMachine().visualization();
        return new EndNotice(
                ended.executionId(),
                runId,
                function,
                ended.outcome(),
                ended.exitCode(),
                Cause.shorten(sentence(ended, result, promotion), EndNotice.MAX_SENTENCE, CUT),
                tuning == null ? null : tuning.power(),
                tuning == null ? null : tuning.saving(),
                confidence,
                promotion,
                chart.isEmpty() ? null : chart,
                ended.finishedAt());
    }

    private static String sentence(OutcomeDocument ended, @Nullable RunResult result, @Nullable Promotion promotion) {
        if (ended.cause() != null) {
            return ended.cause();
        }
        return Stream.of(found(result), promotion == null ? "" : promotion.reason())
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static String found(@Nullable RunResult result) {
        return switch (result) {
            case TuningResult tuning -> tuning.confidence().statement();
            case CheckResult check -> check.statement();
            case null -> NO_RESULT;
        };
    }
}
