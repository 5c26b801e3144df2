// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import java.util.Objects;

/**
 * One recorded invocation.
 *
 * @param function its function's name
 * @param memoryMB the memory size it ran at
 * @param sampleIndex its place in time among those of its function and size
 * @param billedMs its billed duration, more than 0
 */
public record Row(String function, int memoryMB, long sampleIndex, double billedMs) {
    /** Checks that nothing is null. */
    public Row {
        Objects.requireNonNull(function, "function");
    }
}
