// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.Verdict;
import java.util.List;

/** The sizes that no other beats in both cost and duration: the only ones worth choosing from. */
final class ParetoFront {
    private ParetoFront() {}

    /** Their memory sizes, in the order given. Of sizes equal in both, each is there. */
    static List<Integer> of(List<SizeOption> options) {
        return options.stream()
                .filter(option -> isChoice(option) && options.stream().noneMatch(other -> beats(other, option)))
                .map(SizeOption::memoryMB)
                .toList();
    }

    private static boolean isChoice(SizeOption option) {
        return option.measures() != null && option.verdict() != Verdict.INFEASIBLE;
    }

    private static boolean beats(SizeOption other, SizeOption option) {
        SizeMeasures theirs = other.measures();
        SizeMeasures own = option.measures();
        if (theirs == null || own == null || !isChoice(other)) {
            return false;
        }
        boolean isNoWorse = theirs.costPerInvocation() <= own.costPerInvocation()
                && theirs.durationMeanMs() <= own.durationMeanMs();
        boolean isBetter =
                theirs.costPerInvocation() < own.costPerInvocation() || theirs.durationMeanMs() < own.durationMeanMs();
        return isNoWorse && isBetter;
    }
}
