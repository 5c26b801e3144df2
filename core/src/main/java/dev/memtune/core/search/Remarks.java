// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what to know about an answer before acting upon it. */
final class Remarks {
    private static final double TAIL = 0.05;
    private static final int FEW_ENVIRONMENTS = 2;
    /**
     * Megabytes times milliseconds at which the request fee, 0.20 USD a million, equals the compute price of 0.0000166667
     * USD per GB-second: 96 ms at 128 MB (<a href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>).
     */
    private static final double FEE_MEGABYTE_MS = 0.20e-6 / 0.0000166667 * 1024 * 1000;

    private static final double NOTABLE_FEE = 0.10;

    private Remarks() {}

    /** That the search ended before it was done. */
    static Remark exhausted(Candidate best) {
        return new Remark(
                Flag.BUDGET_EXHAUSTED,
                "the search ended before it was done, after " + best.arm().boughtCount() + " invocations at "
                        + best.arm().memoryMB() + " MB");
    }

    /**
     * The remarks on a choice.
     *
     * @param unsteady what speaks against the function having been steady
     */
    static List<Remark> of(Candidate best, List<Candidate> rivals, Optional<String> unsteady, Goal goal) {
        List<Remark> remarks = new ArrayList<>();
        demands(best, goal, remarks);
        if (!rivals.isEmpty()) {
            remarks.add(new Remark(Flag.NOT_SEPARATED, notSeparated(rivals, goal)));
        }
        heavyTail(best, remarks);
        unsteady.ifPresent(evidence -> remarks.add(new Remark(Flag.NON_STATIONARY, evidence)));
        environments(best, remarks);
        shortFunction(best, remarks);
        return remarks;
    }

    private static void demands(Candidate best, Goal goal, List<Remark> remarks) {
        Demands.Fit fit = goal.demands().fit(best, 1 - goal.confidence());
        if (!fit.isMet()) {
            remarks.add(new Remark(
                    Flag.CONSTRAINT_NOT_MET,
                    "no measured size keeps to the limit; " + best.arm().memoryMB() + " MB misses it by "
                            + percent(Math.expm1(goal.demands().excess(best)))));
        } else if (!fit.isCertain()) {
            remarks.add(new Remark(
                    Flag.LIMIT_NOT_CERTAIN,
                    best.count() + " invocations at " + best.arm().memoryMB()
                            + " MB keep to the limit, but that does not" + " make it certain"));
        }
    }

    private static String notSeparated(List<Candidate> rivals, Goal goal) {
        String sizes = rivals.stream().map(one -> one.arm().memoryMB() + " MB").collect(Collectors.joining(", "));
        return sizes + " may still be better by more than " + percent(goal.tolerance());
    }

    private static void heavyTail(Candidate best, List<Remark> remarks) {
        double rawMs = Moments.of(best.arm().comparable().stream()
                        .mapToDouble(Measurement::billedMs)
                        .sorted()
                        .toArray())
                .mean();
        double share = best.billed().mean() > 0 ? rawMs / best.billed().mean() - 1 : 0;
        if (share > TAIL) {
            remarks.add(new Remark(
                    Flag.HEAVY_TAIL,
                    "calls of more than three medians raise the mean by " + percent(share) + " at "
                            + best.arm().memoryMB() + " MB"));
        }
    }

    private static void environments(Candidate best, List<Remark> remarks) {
        long count =
                best.arm().measurements().stream().filter(Measurement::isCold).count();
        if (count < FEW_ENVIRONMENTS) {
            remarks.add(new Remark(
                    Flag.FEW_ENVIRONMENTS,
                    (count == 0 ? "no environment was" : "one environment was") + " seen to start at "
                            + best.arm().memoryMB() + " MB"));
        }
    }

    private static void shortFunction(Candidate best, List<Remark> remarks) {
        double compute = best.billed().mean() * best.arm().memoryMB();
        double share = FEE_MEGABYTE_MS / (FEE_MEGABYTE_MS + compute);
        if (share > NOTABLE_FEE) {
            remarks.add(new Remark(Flag.SHORT_FUNCTION, "the fee is about " + percent(share) + " of the cost"));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", Math.abs(share) * 100);
    }
}
