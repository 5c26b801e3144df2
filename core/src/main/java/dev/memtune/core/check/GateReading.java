// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.wire.CheckVerdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one gate. Where both bounds are known the verdict is theirs: it fails if the lower bound is above the limit,
 * and passes if the upper bound is not.
 *
 * @param gate the gate
 * @param verdict what can be said
 * @param estimate in the limit's unit; null if nothing was measured
 * @param low what the truth is not below, at the confidence of a failure; null if unknown
 * @param high what the truth is not above, at the stated confidence; null if unknown
 * @param invocationsToDecide about how many invocations of each version would settle it, if it is undecided; null if it is
 *     settled, or nobody can tell
 * @param note what kept it from a verdict that the bounds alone would give; empty if nothing did
 */
public record GateReading(
        Gate gate,
        CheckVerdict verdict,
        @Nullable Double estimate,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Integer invocationsToDecide,
        String note) {
    /** Checks that what must be there is there. */
    public GateReading {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(note, "note");
    }

    /** Nothing is known of it. */
    static GateReading unknown(Gate gate, String note) {
        return new GateReading(gate, CheckVerdict.UNDECIDED, null, null, null, null, note);
    }
}
