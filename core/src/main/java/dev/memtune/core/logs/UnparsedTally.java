// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.util.EnumMap;
import java.util.Map;

/** Counts what of a log is no usable report. */
final class UnparsedTally {
    private final Map<MissingReason, Long> missing = new EnumMap<>(MissingReason.class);
    private long imitated;

    void missing(MissingReason reason) {
        missing.merge(reason, 1L, Long::sum);
    }

    void imitated() {
        imitated++;
    }

    UnparsedCounts counts(long tooLong) {
        return new UnparsedCounts(missing, imitated, tooLong);
    }
}
