// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.search.Measurement;
import dev.memtune.core.stats.Capped;
import dev.memtune.core.stats.LogMean;
import dev.memtune.core.stats.Moments;
import dev.memtune.core.stats.Welch;
import java.util.List;
import java.util.Locale;

/**
 * Whether invocations found in the logs may stand beside those that the run made: they were given other events, so they count
 * only where the run has one payload and both agree.
 *
 * @param usable those that count
 * @param doubt why the found ones do not; empty if they do, or there are none
 */
record LogEvidence(List<Measurement> usable, String doubt) {
    private static final LogEvidence NONE = new LogEvidence(List.of(), "");
    /** From so many of the run's own on there is something to agree with. */
    private static final int LEAST_OWN = 3;
    /** The two are of different times too: a small difference is not yet another function. */
    private static final double LEAST_DIFFERENCE = Math.log(1.05);

    private static final double ERROR_RATE = 0.01;

    LogEvidence {
        usable = List.copyOf(usable);
    }

    /**
     * Compares them.
     *
     * @param found warm ones of one size
     * @param own the run's own of that size
     * @param payloads how many payloads the run has
     */
    static LogEvidence of(List<Measurement> found, List<Measurement> own, int payloads) {
        List<Measurement> warm = own.stream().filter(one -> !one.isCold()).toList();
        if (found.isEmpty()) {
            return NONE;
        }
        if (payloads > 1) {
            return new LogEvidence(
                    List.of(), "the run has " + payloads + " payloads, and the logs do not tell which was which");
        }
        if (warm.size() < LEAST_OWN || found.size() < 2) {
            return new LogEvidence(List.of(), "there are too few invocations to compare them with");
        }
        Moments theirs = moments(found);
        Moments ours = moments(warm);
        Welch comparison = Welch.between(LogMean.of(ours), LogMean.of(theirs));
        boolean differs = Math.abs(comparison.difference()) > LEAST_DIFFERENCE && comparison.pValue() < ERROR_RATE;
        return differs
                ? new LogEvidence(
                        List.of(),
                        String.format(
                                Locale.ROOT,
                                "%d invocations in the logs were billed %.1f ms in the mean, the events of this run %.1f ms",
                                found.size(),
                                theirs.mean(),
                                ours.mean()))
                : new LogEvidence(found, "");
    }

    private static Moments moments(List<Measurement> measurements) {
        return Capped.of(measurements.stream()
                        .mapToDouble(one -> Math.max(1, one.billedMs()))
                        .sorted()
                        .toArray())
                .moments();
    }
}
