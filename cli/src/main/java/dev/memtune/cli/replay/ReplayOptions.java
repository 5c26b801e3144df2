// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.replay;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.replay.Policy;
import dev.memtune.core.replay.ReplayPlan;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.SearchSettings.Ties;
import dev.memtune.core.search.SizeSpace;
import dev.memtune.core.wire.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of {@code replay} as they were given. */
record ReplayOptions(
        List<String> policies, String objective, List<String> values, String runs, String seed, boolean trade) {
    private static final long MAX_RUNS = 100_000;
    private static final double EVEN_BALANCE = 0.5;

    /** What they ask for. @throws BadInput naming everything that is wrong */
    ReplayPlan plan() {
        List<Problem> problems = new ArrayList<>();
        List<Policy> parsed = new ArrayList<>();
        for (String policy : policies) {
            Policy.parse(policy)
                    .ifPresentOrElse(
                            parsed::add,
                            () -> problems.add(new Problem(
                                    "--policy", "must be " + Policy.FORMS, policy, "For example --policy standard.")));
        }
        Optional<Strategy> strategy = Strategy.of(objective);
        if (strategy.isEmpty()) {
            problems.add(new Problem(
                    "--objective", "must be cost, duration or balanced", objective, "For example --objective cost."));
        }
        List<Integer> sizes = new ArrayList<>();
        for (String value : values) {
            sizes.add((int) number("--values", value, SizeSpace.MIN_MB, SizeSpace.MAX_MB, problems));
        }
        long runCount = number("--runs", runs, 1, MAX_RUNS, problems);
        long firstSeed = number("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE, problems);
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
        Goal goal = Goal.of(strategy.orElseThrow(), EVEN_BALANCE);
        return new ReplayPlan(parsed, goal, sizes, (int) runCount, firstSeed, trade ? Ties.TRADE : Ties.LEAST);
    }

    private static long number(String option, String text, long least, long most, List<Problem> problems) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number out of range.
        }
        problems.add(new Problem(
                option, "must be a whole number from " + least + " to " + most, text, "Correct the number."));
        return least;
    }
}
