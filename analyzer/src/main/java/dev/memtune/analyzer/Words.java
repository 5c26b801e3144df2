// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.run.Infeasible;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says results to people. */
final class Words {
    private Words() {}

    /** A verdict for the table, with the difference or the reason. */
    static String verdict(Verdict verdict, @Nullable Double difference, Goal goal, Optional<Infeasible> infeasible) {
        return switch (verdict) {
            case BEST, NOT_MEASURED -> verdict.wireName();
            case WITHIN_TOLERANCE -> "within " + percent(goal.tolerance());
            case DEARER, SLOWER, WORSE -> percent(difference) + " " + verdict.wireName();
            case NOT_SEPARATED ->
                "looks " + percent(difference) + " " + comparative(goal.strategy()) + ", not separated";
            case INFEASIBLE ->
                "infeasible"
                        + infeasible.map(one -> ": " + reason(one.reason())).orElse("");
        };
    }

    private static String comparative(Strategy strategy) {
        return switch (strategy) {
            case COST -> Verdict.DEARER.wireName();
            case DURATION -> Verdict.SLOWER.wireName();
            case BALANCED -> Verdict.WORSE.wireName();
        };
    }

    static String reason(Infeasible.Reason reason) {
        return switch (reason) {
            case REFUSED -> "refused by AWS";
            case OUT_OF_MEMORY -> "out of memory";
            case TIMED_OUT -> "timed out";
            case FUNCTION_ERROR -> "the function failed";
            case NO_REPORTS -> "no log reports";
        };
    }

    /** How sure the answer is, in one sentence. */
    static String confidence(Move.Decide decision, Goal goal, int invocationCount) {
        Standing best = decision.best().orElseThrow();
        List<Standing> others =
                decision.standings().subList(1, decision.standings().size());
        String size = best.memoryMB() + " MB";
        if (others.isEmpty()) {
            return size + " is the only tested size that works, so there is nothing to compare it with.";
        }
        String level = percent(goal.confidence()) + " confidence, " + invocationCount + " invocations";
        String better = percent(goal.tolerance()) + " " + better(goal.strategy());
        if (decision.separated()) {
            return size + ": no tested size is more than " + better + " (" + level + ").";
        }
        String rivals = others.stream()
                .filter(one -> one.verdict() == Verdict.NOT_SEPARATED || one.verdict() == Verdict.WITHIN_TOLERANCE)
                .map(one -> one.memoryMB() + " MB")
                .collect(Collectors.joining(" or "));
        String whom = rivals.isEmpty() ? "another size" : rivals;
        return size + " looks best; " + whom + " may still be more than " + better + " (" + level
                + " do not settle it).";
    }

    private static String better(Strategy strategy) {
        return switch (strategy) {
            case COST -> "cheaper";
            case DURATION -> "faster";
            case BALANCED -> "better";
        };
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "?" : String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
