// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.util.EnumMap;
import java.util.Map;

/**
 * How much of a log is no usable report.
 *
 * @param missing invocations and lines without a usable report, by why; every reason is there
 * @param imitated reports that something else but the platform wrote, or that were there twice
 * @param tooLong lines of which only the beginning was looked at
 */
public record UnparsedCounts(Map<MissingReason, Long> missing, long imitated, long tooLong) {

    /** Fills in the reasons that are not there. */
    public UnparsedCounts {
        Map<MissingReason, Long> all = new EnumMap<>(MissingReason.class);
        for (MissingReason reason : MissingReason.values()) {
            all.put(reason, missing.getOrDefault(reason, 0L));
        }
        missing = Map.copyOf(all);
    }

    /** Returns how many invocations or lines have no usable report. */
    public long total() {
        return missing.values().stream().mapToLong(Long::longValue).sum();
    }
}
