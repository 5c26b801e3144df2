// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the answer was found, and what to know before acting upon it.
 *
 * @param rounds how many rounds of measuring there were
 * @param addedMB the sizes that nobody named and that were tried, ascending
 * @param skippedMB the named sizes that were not measured because they could not pay, ascending
 * @param flags what bears on how far the answer can be trusted
 * @param findings what the curve says about the function
 * @param fasterSteps what it costs to be faster, from each choice worth having to the next
 * @param exhaustive what measuring every named size would have taken; null where that is what was done
 */
public record SearchNote(
        int rounds,
        List<Integer> addedMB,
        List<Integer> skippedMB,
        List<Advice> flags,
        List<Advice> findings,
        List<FasterStep> fasterSteps,
        @Nullable ExhaustiveNote exhaustive) {
    /** Copies the lists. */
    public SearchNote {
        addedMB = List.copyOf(addedMB);
        skippedMB = List.copyOf(skippedMB);
        flags = List.copyOf(flags);
        findings = List.copyOf(findings);
        fasterSteps = List.copyOf(fasterSteps);
    }

    /**
     * Something to know.
     *
     * @param name a word that programs can match
     * @param evidence the figures that say so
     * @param advice what it means and what to do
     */
    public record Advice(String name, String evidence, String advice) {}

    /**
     * From one choice worth having to the next faster one.
     *
     * @param fromMB the cheaper size
     * @param toMB the faster size
     * @param savedMs how much shorter the handler's mean duration is
     * @param addedCostPerMillion how much more a million invocations cost
     * @param costPerMs the marginal price of a millisecond, a million times
     */
    public record FasterStep(int fromMB, int toMB, double savedMs, double addedCostPerMillion, double costPerMs) {}

    /**
     * What the same number of invocations at every named size would have taken.
     *
     * @param invocationsPerSize the number
     * @param invocations over all sizes
     * @param gbSeconds at least; of a size that was not measured no more is assumed than that it cannot do with less
     *     memory-time than a smaller one, nor take less time than a greater one
     * @param cost of these, request fees included, in the price's currency
     */
    public record ExhaustiveNote(int invocationsPerSize, int invocations, double gbSeconds, double cost) {}
}
