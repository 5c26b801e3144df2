// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check: the output of the state machine, the run's document {@link #DOCUMENT}, and what every table and
 * report shows. Described by {@code docs/reference/check.schema.json}.
 *
 * @param verdict of all gates
 * @param statement the same in one sentence for people
 * @param runId the run; samples are fetched by it
 * @param function as it was called
 * @param candidate what asked to take the place
 * @param baseline what it was compared with
 * @param gates each gate, in the order in which they are documented
 * @param confidence that a candidate which passes keeps to the gates
 * @param undecided what an undecided check amounts to
 * @param spend what was bought
 * @param cost what the check itself cost; null where nobody has reckoned it
 * @param price the rates
 * @param promotion what became of the alias; null until that is known
 * @param startedAt when the run began
 * @param finishedAt when it ended; null until then
 */
public record CheckResult(
        CheckVerdict verdict,
        String statement,
        String runId,
        String function,
        CheckedVersion candidate,
        CheckedVersion baseline,
        List<CheckedGate> gates,
        double confidence,
        CheckInput.Undecided undecided,
        Spend spend,
        @Nullable TuningCost cost,
        PriceNote price,
        @Nullable Promotion promotion,
        Instant startedAt,
        @Nullable Instant finishedAt)
        implements RunResult {
    /** The name of the run's document with the result. */
    public static final String DOCUMENT = "check";

    /** Checks what must be there, and copies the list. */
    public CheckResult {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(candidate, "candidate");
        Objects.requireNonNull(baseline, "baseline");
        gates = List.copyOf(gates);
    }

    @Override
    public String document() {
        return DOCUMENT;
    }

    @Override
    public String summary() {
        return statement;
    }

    /** Returns this with another cost of the check itself. */
    public CheckResult costing(TuningCost newCost) {
        return with(newCost, promotion, finishedAt);
    }

    @Override
    public CheckResult ended(@Nullable Promotion newPromotion, Instant end) {
        return with(cost, newPromotion, end);
    }

    private CheckResult with(@Nullable TuningCost newCost, @Nullable Promotion newPromotion, @Nullable Instant newEnd) {
        return new CheckResult(
                verdict,
                statement,
                runId,
                function,
                candidate,
                baseline,
                gates,
                confidence,
                undecided,
                spend,
                newCost,
                price,
                newPromotion,
                startedAt,
                newEnd);
    }
}
