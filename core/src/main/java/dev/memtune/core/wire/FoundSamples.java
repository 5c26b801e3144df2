// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.sample.Sample;
import java.util.List;

/**
 * A run's document with the past invocations that were found in the function's own logs.
 *
 * @param samples in round 0, none of them paid for by the run
 * @param trouble why there are none, or may be more; empty if there was none
 */
public record FoundSamples(List<Sample> samples, String trouble) {
    /** The document's name. */
    public static final String DOCUMENT = "found";

    /** Nobody looked. */
    public static final FoundSamples NONE = new FoundSamples(List.of(), "");

    /** Copies the list. */
    public FoundSamples {
        samples = List.copyOf(samples);
    }
}
