// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One gate of a check.
 *
 * @param gate its name: {@code max-cost-increase}, {@code max-duration-increase}, {@code p95} or {@code max-cost-per-million}
 * @param limit a share for the increases, milliseconds for {@code p95}, money for the cost
 * @param verdict what can be said
 * @param estimate in the limit's unit; null if nothing was measured
 * @param low what the truth is not below, at the confidence of a failure; null if unknown
 * @param high what the truth is not above, at the stated confidence; null if unknown
 * @param invocationsToDecide about how many invocations of each version would settle it; null if it is settled or unknown
 * @param statement the same in one sentence for people
 */
public record CheckedGate(
        String gate,
        double limit,
        CheckVerdict verdict,
        @Nullable Double estimate,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Integer invocationsToDecide,
        String statement) {
    /** Checks what must be there. */
    public CheckedGate {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(statement, "statement");
    }
}
