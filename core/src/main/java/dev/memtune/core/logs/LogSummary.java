// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.util.List;

/**
 * What a whole log comes to.
 *
 * @param bySize one entry per memory size, ascending
 * @param unparsed what could not be read
 */
public record LogSummary(List<MemorySummary> bySize, UnparsedCounts unparsed) {
    /** Copies the list. */
    public LogSummary {
        bySize = List.copyOf(bySize);
    }
}
