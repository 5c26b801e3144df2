// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.sample.Sample;
import dev.memtune.core.sample.Sample.Outcome;
import dev.memtune.core.wire.Allocation;
import java.util.List;

/** How many samples of an allocation ended how. */
record Tally(int measured, int failed, int unparsed, int discarded, int unanswered, int fromLogs) {
    static Tally of(Allocation allocation, List<Sample> samples) {
        List<Sample> bought = samples.stream()
                .filter(sample -> sample.index() >= allocation.firstIndex()
                        && sample.index() < allocation.firstIndex() + allocation.invocationCount())
                .toList();
        List<Outcome> outcomes = bought.stream().map(Sample::outcome).toList();
        return new Tally(
                count(outcomes, Outcome.MEASURED),
                count(outcomes, Outcome.FAILED),
                count(outcomes, Outcome.UNPARSED),
                count(outcomes, Outcome.DISCARDED),
                count(outcomes, Outcome.UNANSWERED),
                (int) bought.stream().filter(Sample::reportFromLogs).count());
    }

    private static int count(List<Outcome> outcomes, Outcome wanted) {
        return (int) outcomes.stream().filter(wanted::equals).count();
    }
}
