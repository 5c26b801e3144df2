// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes on an item how its tuning goes. Only the execution that {@link ExecutionName} names for the item's present attempt
 * counts: what somebody tunes by hand, or what a later upload has overtaken, changes no status. Repeating a call is harmless.
 */
public final class TuningStatus {
    private static final int WRITES_MAX = 10;

    private final Registry registry;
    private final InstantSource clock;

    /** @param clock tells when the status changed */
    public TuningStatus(Registry registry, InstantSource clock) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Notes that the execution was started.
     *
     * @param executionId its ARN or its name
     */
    public void begun(String executionId) {
        write(executionId, AlgorithmStatus.TUNING, item -> item.moved(AlgorithmStatus.TUNING, "", clock.instant()));
    }

    /** Notes how the execution of the summary ended. */
    public void ended(AlgorithmStatus end, TuningSummary summary) {
        write(summary.executionId(), end, item -> item.tuned(end, summary, clock.instant()));
    }

    private void write(String executionId, AlgorithmStatus next, UnaryOperator<AlgorithmItem> change) {
        for (int write = 0; write < WRITES_MAX; write++) {
            Optional<AlgorithmItem> present = ExecutionName.algorithm(executionId)
                    .flatMap(registry::find)
                    .filter(item -> ExecutionName.isOf(item, executionId))
                    .filter(item -> item.status().leadsTo(next));
            if (present.isEmpty() || registry.put(change.apply(present.get()))) {
                return;
            }
        }
        throw new IllegalStateException("the item of " + executionId + " was changed by others " + WRITES_MAX
                + " times while its status " + next + " was written; it is tried again");
    }
}
