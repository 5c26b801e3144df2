// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import java.util.List;
import java.util.stream.Collectors;

/** A sweep that left a function other than it was before its tuning. The next one tries again. */
public final class StillDirty extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StillDirty(String message) {
        super(message);
    }

    static void throwIf(List<CleanerOutput> outputs) {
        String dirty =
                outputs.stream().flatMap(output -> output.dirty().stream()).collect(Collectors.joining("\n"));
        if (!dirty.isEmpty()) {
            throw new StillDirty(dirty);
        }
    }
}
