// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.run.Infeasible;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a tuning: the output of the state machine, the run's document {@link #DOCUMENT}, and what every table and
 * report shows. The first five members are those of AWS Lambda Power Tuning; the rest adds what it lacks. Described by
 * {@code docs/reference/result.schema.json}.
 *
 * @param power the best memory size in MB
 * @param cost of one invocation at it in the price's currency, compute only, without the request fee
 * @param duration the mean duration of the handler at it, in milliseconds
 * @param stateMachine what the tuning itself cost, and the link to the chart
 * @param stats one entry per measured size, by size
 * @param runId the run; samples are fetched by it
 * @param function as it was called
 * @param goal what was asked for
 * @param options every size, by size, those that cannot work included
 * @param paretoFront the sizes that no other beats in both cost and duration, ascending
 * @param infeasible the sizes that cannot work, and why
 * @param confidence how sure the answer is
 * @param saving against the present size; null if that was not measured
 * @param spend what was bought
 * @param price the rates
 * @param costs all money; null in the result of a run that an earlier release decided
 * @param promotion what became of the alias; null until that is known
 * @param environment what else bears on the figures, such as how the CPU share was enforced, by name
 * @param notes what the reader should know of the function
 * @param startedAt when the run began
 * @param finishedAt when it ended; null until then
 * @param search how the answer was found, and what to know before acting upon it
 */
public record TuningResult(
        int power,
        double cost,
        double duration,
        ExecutionSpend stateMachine,
        List<SizeStat> stats,
        String runId,
        String function,
        GoalNote goal,
        List<SizeOption> options,
        List<Integer> paretoFront,
        List<Infeasible> infeasible,
        ConfidenceNote confidence,
        @Nullable Saving saving,
        Spend spend,
        PriceNote price,
        @Nullable CostReport costs,
        @Nullable Promotion promotion,
        Map<String, String> environment,
        ResultNotes notes,
        Instant startedAt,
        @Nullable Instant finishedAt,
        SearchNote search)
        implements RunResult {
    /** The name of the run's document with the result. */
    public static final String DOCUMENT = "result";

    /** Copies the collections. */
    public TuningResult {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(stateMachine, "stateMachine");
        Objects.requireNonNull(search, "search");
        stats = List.copyOf(stats);
        options = List.copyOf(options);
        paretoFront = List.copyOf(paretoFront);
        infeasible = List.copyOf(infeasible);
        environment = Map.copyOf(environment);
        notes = Objects.requireNonNullElse(notes, ResultNotes.NONE);
    }

    @Override
    public String document() {
        return DOCUMENT;
    }

    @Override
    public String summary() {
        return "The best size was found to be " + power + " MB.";
    }

    @Override
    public TuningResult ended(@Nullable Promotion newPromotion, Instant end) {
        return with(new Varying(stateMachine, costs, newPromotion, environment, notes, end));
    }

    /** This result, with what else bears on its figures. */
    public TuningResult withEnvironment(Map<String, String> newEnvironment) {
        return with(new Varying(stateMachine, costs, promotion, newEnvironment, notes, finishedAt));
    }

    /** This result, with more for its reader to know. */
    public TuningResult warned(List<String> warnings) {
        return with(new Varying(stateMachine, costs, promotion, environment, notes.and(warnings), finishedAt));
    }

    /** This result, with another cost of the tuning itself; one without {@link #costs} stays as it is. */
    public TuningResult costing(TuningCost tuning) {
        if (costs == null) {
            return this;
        }
        ExecutionSpend spent =
                new ExecutionSpend(tuning.transitions(), stateMachine.lambdaCost(), stateMachine.visualization());
        CostReport report = new CostReport(costs.basis(), costs.sizes(), costs.saving(), tuning);
        return with(new Varying(spent, report, promotion, environment, notes, finishedAt));
    }

    /** What becomes known after the decision. */
    private record Varying(
            ExecutionSpend stateMachine,
            @Nullable CostReport costs,
            @Nullable Promotion promotion,
            Map<String, String> environment,
            ResultNotes notes,
            @Nullable Instant finishedAt) {}

    private TuningResult with(Varying other) {
        return new TuningResult(
                power,
                cost,
                duration,
                other.stateMachine,
                stats,
                runId,
                function,
                goal,
                options,
                paretoFront,
                infeasible,
                confidence,
                saving,
                spend,
                price,
                other.costs,
                other.promotion,
                other.environment,
                other.notes,
                startedAt,
                other.finishedAt,
                search);
    }
}
