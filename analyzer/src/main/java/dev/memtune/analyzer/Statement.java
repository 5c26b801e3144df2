// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.search.Flag;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.Saving;
import dev.memtune.core.wire.SearchLimits;
import dev.memtune.core.wire.SearchPolicy;
import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer in one sentence that a person can act on: which size, how it stands to the present one, what can be said of the
 * others, how sure that is, and what it took.
 *
 * @param decision what was decided; not empty
 * @param goal what was best
 * @param input what was asked for
 * @param best what was measured at the best size
 * @param spent the cost of the invocations, in words
 */
record Statement(Move.Decide decision, Goal goal, TuningInput input, SizeMeasures best, String spent) {
    private static final int MAX_NAMED = 3;
    /** Smaller differences of the other figure are not worth a word. */
    private static final double WORTH_SAYING_PERCENT = 1;

    /**
     * The sentence.
     *
     * @param saving against the present size; null if that was not measured
     * @param invocations behind it
     */
    String text(@Nullable Saving saving, int invocations) {
        List<String> parts = new ArrayList<>();
        limits().ifPresent(parts::add);
        if (saving != null) {
            comparison(saving).ifPresent(parts::add);
        }
        parts.add(others());
        String effort = invocations + " invocations, " + spent;
        return standing().memoryMB() + " MB: " + String.join("; ", parts) + " (" + certainty() + effort + ").";
    }

    private Standing standing() {
        return decision.best().orElseThrow();
    }

    private boolean isMet() {
        return standing().verdict() != Verdict.NEAREST;
    }

    private Optional<String> limits() {
        SearchLimits limits = input.limits();
        List<String> words = new ArrayList<>();
        Double maxDurationMs = limits.maxDurationMs();
        if (maxDurationMs != null) {
            words.add(String.format(
                    Locale.ROOT, "p%.0f of warm invocations within %.0f ms", limits.percentile(), maxDurationMs));
        }
        Double maxCost = limits.maxCostPerMillion();
        if (maxCost != null) {
            words.add(String.format(Locale.ROOT, "a million within %.2f (%.2f seen)", maxCost, best.costPerMillion()));
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String what = String.join(" and ", words);
        return Optional.of(
                isMet() ? "keeps " + what : "no tested size keeps " + what + ", this one is the nearest to it");
    }

    private Optional<String> comparison(Saving saving) {
        if (saving.presentMB() == standing().memoryMB()) {
            return Optional.of("the present size");
        }
        String cost = change(saving.costPercent(), "cheaper", "dearer")
                + interval(saving.costPercent(), saving.costLowPercent(), saving.costHighPercent());
        String duration = change(saving.durationPercent(), "faster", "slower")
                + interval(saving.durationPercent(), saving.durationLowPercent(), saving.durationHighPercent());
        boolean isCostFirst = goal.costWeight() > 0;
        String first = isCostFirst ? cost : duration;
        String second = isCostFirst ? duration : cost;
        double other = isCostFirst ? saving.durationPercent() : saving.costPercent();
        String both = Math.abs(other) < WORTH_SAYING_PERCENT ? first : first + " and " + second;
        return Optional.of(both + " than the present " + saving.presentMB() + " MB");
    }

    private static String change(double percent, String less, String more) {
        return String.format(Locale.ROOT, "%.0f %% %s", Math.abs(percent), percent >= 0 ? less : more);
    }

    /** In the direction of the words before it: of 5 % dearer, a saving of -8 to -2 is [2..8]. */
    private static String interval(double percent, @Nullable Double low, @Nullable Double high) {
        if (low == null || high == null) {
            return "";
        }
        return percent >= 0
                ? String.format(Locale.ROOT, " [%.0f..%.0f]", low, high)
                : String.format(Locale.ROOT, " [%.0f..%.0f]", -high, -low);
    }

    private String others() {
        List<Standing> others =
                decision.standings().subList(1, decision.standings().size());
        if (others.isEmpty()) {
            return "the only tested size that works, so there is nothing to compare it with";
        }
        String better = Words.percent(goal.tolerance()) + " " + Words.better(goal.strategy());
        if (input.policy() == SearchPolicy.LEADER) {
            return "best by the rule of AWS Lambda Power Tuning, which says nothing of how sure it is";
        }
        if (isUnsteady()) {
            return "the function was not steady while it was measured, so nothing is claimed of the other sizes";
        }
        String whom = isMet() && hasLimits() ? "no tested size that keeps it" : "no tested size";
        return decision.separated()
                ? whom + " is more than " + better
                : rivals(others) + " may still be more than " + better;
    }

    private boolean isUnsteady() {
        return decision.remarks().stream().anyMatch(remark -> remark.flag() == Flag.NON_STATIONARY);
    }

    private boolean hasLimits() {
        return input.limits().maxDurationMs() != null || input.limits().maxCostPerMillion() != null;
    }

    private String rivals(List<Standing> others) {
        List<String> names = others.stream()
                .filter(one -> one.verdict() == Verdict.NOT_SEPARATED || one.verdict() == Verdict.WITHIN_TOLERANCE)
                .map(one -> one.memoryMB() + " MB")
                .toList();
        if (names.isEmpty()) {
            return "another size";
        }
        return names.size() <= MAX_NAMED
                ? String.join(" or ", names)
                : String.join(", ", names.subList(0, MAX_NAMED)) + " or " + (names.size() - MAX_NAMED) + " others";
    }

    private String certainty() {
        if (input.policy() == SearchPolicy.LEADER || decision.standings().size() == 1) {
            return "";
        }
        if (isUnsteady()) {
            return "no confidence claimed, ";
        }
        return Words.percent(goal.confidence())
                + (decision.separated() ? " confidence, " : " confidence not reached, ");
    }
}
