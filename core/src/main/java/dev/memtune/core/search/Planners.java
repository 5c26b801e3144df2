// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.run.Run;
import dev.memtune.core.wire.SearchLimits;
import dev.memtune.core.wire.SearchPolicy;
import dev.memtune.core.wire.TuningInput;
import java.util.Optional;
import java.util.TreeSet;

/** The planners that inputs ask for. */
public final class Planners {
    /**
     * The most that a start is billed for on top of the time-out: <a
     * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">the init phase ends after 10 s</a>,
     * and is then repeated within the invocation.
     */
    private static final int MAX_INIT_MS = 10_000;

    private static final int MS_PER_SECOND = 1_000;

    private Planners() {}

    /**
     * The planner of a run. For a search its {@code invocationCount} bounds the invocations per size, and it may add sizes
     * between the least and the greatest of its values.
     *
     * @param rates of the function's region and architecture
     */
    public static Planner of(Run run, Rates rates) {
        TuningInput input = run.input();
        Goal goal = goal(input, rates);
        Budget budget = budget(run, rates);
        return preset(input.policy())
                .<Planner>map(preset -> new ClimbAndRacePlanner(new SearchSettings(
                        // What was asked for as the most has the cold starts in it.
                        preset.cappedAt(input.invocationCount() - Environments.expectedColdCount(input)),
                        goal,
                        sizes(run),
                        budget,
                        Environments.expectedColdCount(input),
                        SearchSettings.Ties.TRADE)))
                .orElseGet(() -> new BoundedPlanner(plain(input, goal), budget));
    }

    private static Planner plain(TuningInput input, Goal goal) {
        Planner purchases =
                input.procedure().onlyColdStarts() && !input.procedure().dryRun()
                        ? new ColdStartPlanner(input.powerValues(), input.invocationCount(), goal)
                        : new ExhaustivePlanner(input.powerValues(), input.invocationCount(), goal);
        return input.policy() == SearchPolicy.LEADER
                ? new LeaderPlanner(purchases, goal, input.procedure().trimmedShare())
                : purchases;
    }

    /** Whoever wants a saving over the present size wants that measured too. */
    private static SizeSpace sizes(Run run) {
        TreeSet<Integer> values = new TreeSet<>(run.input().powerValues());
        if (run.input().limits().minSaving() > 0) {
            values.add(run.before().memoryMB());
        }
        return SizeSpace.between(values);
    }

    private static Budget budget(Run run, Rates rates) {
        SearchLimits limits = run.input().limits();
        Integer maxInvocations = limits.maxInvocations();
        Double maxSpend = limits.maxSpend();
        return new Budget(
                maxInvocations == null ? Integer.MAX_VALUE : maxInvocations,
                maxSpend == null ? Double.POSITIVE_INFINITY : maxSpend,
                rates,
                mostBilledMs(run));
    }

    /** The most that an invocation of the run's function can be billed for: its time-out, and a start. */
    public static long mostBilledMs(Run run) {
        return (long) run.before().timeoutSeconds() * MS_PER_SECOND + MAX_INIT_MS;
    }

    private static Optional<Preset> preset(SearchPolicy policy) {
        return switch (policy) {
            case QUICK -> Optional.of(Preset.QUICK);
            case STANDARD -> Optional.of(Preset.STANDARD);
            case RIGOROUS -> Optional.of(Preset.RIGOROUS);
            case EXHAUSTIVE, LEADER -> Optional.empty();
        };
    }

    /** The most invocations per size that an input leads to. */
    public static int mostPerSize(TuningInput input) {
        return preset(input.policy())
                .map(preset -> preset.cappedAt(input.invocationCount()).maxPerSize())
                .orElse(input.invocationCount());
    }

    /** The most sizes that a search adds to those that an input names. */
    public static int mostExtraSizes(TuningInput input) {
        return input.policy().isSearch() ? ExtraSizes.MAX_EXTRAS : 0;
    }

    /** What an input calls best, with the tolerance and the confidence of its policy. */
    public static Goal goal(TuningInput input, Rates rates) {
        Goal goal = Goal.of(input.strategy(), input.balancedWeight()).demanding(demands(input.limits(), rates));
        return preset(input.policy()).map(preset -> preset.goal(goal)).orElse(goal);
    }

    private static Demands demands(SearchLimits limits, Rates rates) {
        Double maxDurationMs = limits.maxDurationMs();
        Double maxCostPerMillion = limits.maxCostPerMillion();
        return new Demands(
                maxDurationMs == null ? Double.POSITIVE_INFINITY : maxDurationMs,
                limits.percentile(),
                maxCostPerMillion == null ? Double.POSITIVE_INFINITY : rates.megabyteMs(maxCostPerMillion));
    }
}
