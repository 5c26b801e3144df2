// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One memory size: a row of the table.
 *
 * @param memoryMB the memory size
 * @param vcpus the share of virtual CPUs that comes with it: memory / 1,769 MB, <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Configure Lambda function memory</a>
 * @param samples what became of its invocations
 * @param measures what was measured; null if nothing was
 * @param verdict how it stands to the best, in a word
 * @param verdictText the same for a table, with the difference or the reason
 * @param difference how much worse than the best in what the strategy counts, as a share: 0.12 is 12 %; null if unknown
 */
public record SizeOption(
        int memoryMB,
        double vcpus,
        SampleCounts samples,
        @Nullable SizeMeasures measures,
        Verdict verdict,
        String verdictText,
        @Nullable Double difference) {
    /** Checks what must be there. */
    public SizeOption {
        Objects.requireNonNull(samples, "samples");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(verdictText, "verdictText");
    }
}
