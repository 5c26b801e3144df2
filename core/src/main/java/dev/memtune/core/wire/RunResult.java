// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a run found: the best size, or what a check says. */
public sealed interface RunResult permits CheckResult, TuningResult {
    /** The name of the run's document with it. */
    String document();

    /** What was found, in a sentence. */
    String summary();

    /** What became of the alias; null until that is known. */
    @Nullable
    Promotion promotion();

    /** When the run ended; null until then. */
    @Nullable
    Instant finishedAt();

    /** This result, with what became of the alias and when the run ended. */
    RunResult ended(@Nullable Promotion newPromotion, Instant end);
}
