// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One side of a check with what was measured of it. Figures are of warm invocations, or of cold ones where every one was cold.
 *
 * @param name how it was called: {@code $LATEST}, a version or an alias
 * @param version the version that was measured; null if there was none yet
 * @param memoryMB its memory size
 * @param architecture {@code x86_64} or {@code arm64}
 * @param invocations that were sent
 * @param measured of these that succeeded with a report
 * @param cold of those that started an environment
 * @param durationMeanMs of the handler; null if nothing was measured, as all that follows
 * @param durationP50Ms the median
 * @param durationP95Ms the 95th percentile
 * @param billedMeanMs what is billed
 * @param costPerMillion of a million such invocations, request fee included
 */
public record CheckedVersion(
        String name,
        @Nullable String version,
        int memoryMB,
        String architecture,
        int invocations,
        int measured,
        int cold,
        @Nullable Double durationMeanMs,
        @Nullable Double durationP50Ms,
        @Nullable Double durationP95Ms,
        @Nullable Double billedMeanMs,
        @Nullable Double costPerMillion) {
    /** Checks what must be there. */
    public CheckedVersion {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(architecture, "architecture");
    }
}
