// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.replay;

import dev.memtune.core.replay.Comparison;
import dev.memtune.core.replay.PolicyScores;
import dev.memtune.core.replay.ReplayResult;
import dev.memtune.core.replay.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result for people. */
final class ReplayTable {
    private static final String HEAD = "%-14s %-28s %9s %9s %8s %12s %8s %7s %8s %8s";
    private static final String ROW = "%-14s %-28s %8.2f%% %8.1f%% %8.1f %12.4f %8.2f %7.1f %7.1f%% %8s";
    private static final int MAX_NAME_CHARS = 28;

    private final ReplayResult result;

    ReplayTable(ReplayResult result) {
        this.result = result;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD.formatted(
                "policy", "function", "regret", "over 5%", "calls", "GB-s", "passes", "rounds", "stated", "held"));
        for (PolicyScores policy : result.policies()) {
            policy.functions().forEach(score -> lines.add(row(policy.policy(), score)));
            if (policy.functions().size() > 1) {
                lines.add(row(policy.policy(), policy.overall()));
            }
        }
        if (!result.comparisons().isEmpty()) {
            lines.add("");
        }
        result.comparisons().forEach(one -> lines.add(words(one)));
        return lines;
    }

    private static String row(String policy, Score score) {
        Double held = score.heldShare();
        return String.format(
                Locale.ROOT,
                ROW,
                policy,
                shortened(score.function()),
                100 * score.meanRegret(),
                100 * score.regretOver5Share(),
                score.invocations(),
                score.gbSeconds(),
                score.passes(),
                score.rounds(),
                100 * score.statedShare(),
                held == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * held));
    }

    /** The end of a long name tells more than its beginning. */
    private static String shortened(String function) {
        String plain = function.replaceAll("\\p{Cntrl}", "?");
        int excess = plain.length() - MAX_NAME_CHARS;
        return excess <= 0 ? plain : "…" + plain.substring(excess + 1);
    }

    private static String words(Comparison one) {
        return String.format(
                Locale.ROOT,
                "%s against %s: regret %+.2f points [%+.2f..%+.2f], GB-seconds %.1f times lower [%.1f..%.1f]",
                one.first(),
                one.second(),
                100 * one.regretDifference(),
                100 * one.regretDifferenceInterval().low(),
                100 * one.regretDifferenceInterval().high(),
                one.gbSecondsRatio(),
                one.gbSecondsRatioInterval().low(),
                one.gbSecondsRatioInterval().high());
    }
}
