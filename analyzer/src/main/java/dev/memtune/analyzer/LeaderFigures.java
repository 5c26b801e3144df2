// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.stats.TrimmedMean;
import dev.memtune.core.wire.SearchPolicy;
import dev.memtune.core.wire.SizeStat;
import dev.memtune.core.wire.TuningInput;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of AWS Lambda Power Tuning 4.4.0, for whoever asks for its rule: trimmed means over all invocations, cold ones
 * included; the duration with the start before it; the mean billed duration rounded up before it is priced. Its rates are not
 * copied, nor that it counts a billed restore twice.
 */
final class LeaderFigures {
    private final Evidence evidence;
    private final Price price;

    LeaderFigures(Evidence evidence, Price price) {
        this.evidence = evidence;
        this.price = price;
    }

    /** Whether an input asks for them: by the policy, or by the share that only these figures have. */
    static boolean areWanted(TuningInput input) {
        return input.policy() == SearchPolicy.LEADER || input.procedure().discardTopBottom() != null;
    }

    /** The figures of a size that was measured. */
    SizeStat of(int memoryMB) {
        double billedMs = trimmedMean(measured(memoryMB).map(Sample::billedMs));
        double durationMs = trimmedMean(measured(memoryMB).map(Sample::durationWithStartMs));
        GbSeconds used = GbSeconds.of((long) Math.ceil(billedMs), memoryMB);
        return new SizeStat(memoryMB, price.compute(used).amount().doubleValue(), durationMs);
    }

    private Stream<Sample> measured(int memoryMB) {
        return evidence.samples().stream()
                .filter(sample -> sample.outcome() == Sample.Outcome.MEASURED)
                .filter(sample -> Objects.equals(sample.memoryMB(), memoryMB));
    }

    private double trimmedMean(Stream<? extends @Nullable Number> values) {
        List<Double> present =
                values.filter(Objects::nonNull).map(Number::doubleValue).toList();
        double share = evidence.run().input().procedure().trimmedShare();
        return TrimmedMean.of(present.stream().mapToDouble(Double::doubleValue).toArray(), share);
    }
}
