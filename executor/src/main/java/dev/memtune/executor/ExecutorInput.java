// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.RunRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one iteration over the arms.
 *
 * @param run the run
 * @param round the round, from 1
 * @param allocation what to buy
 * @param progress what an earlier call handed back; null at first
 */
public record ExecutorInput(
        RunRef run,
        int round,
        Allocation allocation,
        @Nullable ExecutorOutput progress) {
    /** Checks that what must be there is there. */
    public ExecutorInput {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(allocation, "allocation");
    }
}
