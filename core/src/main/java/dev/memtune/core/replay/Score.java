// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Means over runs.
 *
 * @param function whose runs they are; {@code "all"} for the mean over functions, each weighing the same
 * @param meanRegret how much worse the chosen size is than the best, as a share
 * @param regretOver5Share the share of runs where that is more than 5 %
 * @param invocations bought
 * @param gbSeconds spent
 * @param passes the same, over one invocation at every size
 * @param rounds taken
 * @param statedShare the share of runs that said "no tested size is better by more than the tolerance"
 * @param heldShare the share of those where that was true; null where none said so
 */
public record Score(
        String function,
        double meanRegret,
        double regretOver5Share,
        double invocations,
        double gbSeconds,
        double passes,
        double rounds,
        double statedShare,
        @Nullable Double heldShare) {
    /** The name of the mean over all functions. */
    public static final String ALL = "all";

    private static final double LARGE_REGRET = 0.05;

    static Score of(String function, List<Trial> trials) {
        List<Trial> stated = trials.stream().filter(Trial::isStated).toList();
        return new Score(
                function,
                mean(trials, Trial::regret),
                mean(trials, trial -> trial.regret() > LARGE_REGRET ? 1 : 0),
                mean(trials, Trial::invocations),
                mean(trials, Trial::gbSeconds),
                mean(trials, Trial::passes),
                mean(trials, Trial::rounds),
                mean(trials, trial -> trial.isStated() ? 1 : 0),
                stated.isEmpty() ? null : mean(stated, trial -> trial.isTrue() ? 1 : 0));
    }

    static Score overall(List<Score> scores) {
        OptionalDouble held = scores.stream()
                .filter(score -> score.heldShare() != null)
                .mapToDouble(Score::heldRuns)
                .average();
        double stated = mean(scores, Score::statedShare);
        return new Score(
                ALL,
                mean(scores, Score::meanRegret),
                mean(scores, Score::regretOver5Share),
                mean(scores, Score::invocations),
                mean(scores, Score::gbSeconds),
                mean(scores, Score::passes),
                mean(scores, Score::rounds),
                stated,
                held.isPresent() ? mean(scores, Score::heldRuns) / stated : null);
    }

    private double heldRuns() {
        return heldShare == null ? 0 : heldShare * statedShare;
    }

    private static <T> double mean(List<T> values, ToDoubleFunction<T> of) {
        return values.stream().mapToDouble(of).average().orElseThrow();
    }
}
