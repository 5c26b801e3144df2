// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.wire.TuningInput;
import java.util.Optional;

/**
 * In how many environments a size is measured: one environment may run on a luckier host than another (recorded standard
 * deviations between environments: 2 to 15 %), and averaging within one does not help against that. Each one costs a cold
 * start, which is billed. Environments come up because invocations overlap, so this is how many of them may.
 */
final class Environments {
    /** Where a cold start costs little more than a warm invocation. */
    private static final int CHEAP = 4;

    private static final int USUAL = 2;
    /** Up to so many times a warm invocation, a cold start is cheap. */
    private static final double CHEAP_COLD_START = 3;
    /** An environment that fewer invocations share is not worth its start. */
    private static final int LEAST_SHARE = 3;

    private final boolean isParallel;
    private final int wanted;

    private Environments(boolean isParallel, int wanted) {
        this.isParallel = isParallel;
        this.wanted = wanted;
    }

    static Environments of(TuningInput input, Observations observations) {
        return new Environments(input.parallel(), isColdCheap(observations) ? CHEAP : USUAL);
    }

    /** The cold starts that a first visit is going to have. */
    static int expectedColdCount(TuningInput input) {
        return input.parallel() ? USUAL : 1;
    }

    /** How many of a purchase's invocations may overlap. */
    int parallelism(Purchase purchase, Optional<ArmObservations> arm, int share) {
        if (!isParallel) {
            return 1;
        }
        long started = arm.stream()
                .flatMap(one -> one.measurements().stream())
                .filter(one -> one.isCold() && one.isBought())
                .count();
        long useful = Math.max(started, purchase.invocationCount() / LEAST_SHARE);
        return Math.clamp(Math.min(useful, wanted), 1, Math.max(1, Math.min(share, purchase.invocationCount())));
    }

    private static boolean isColdCheap(Observations observations) {
        double cold = mean(observations, true);
        double warm = mean(observations, false);
        return cold > 0 && warm > 0 && cold <= CHEAP_COLD_START * warm;
    }

    private static double mean(Observations observations, boolean isCold) {
        return observations.arms().stream()
                .flatMap(arm -> arm.measurements().stream())
                .filter(one -> one.isCold() == isCold)
                .mapToDouble(Measurement::billedMs)
                .sorted()
                .average()
                .orElse(0);
    }
}
