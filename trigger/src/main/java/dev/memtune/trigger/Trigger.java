// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import dev.memtune.core.port.ExecutionStarter;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.TuningStatus;
import java.util.Objects;

/**
 * Starts an execution when an algorithm has become ready, and says so on its item; does nothing about any other change, that
 * one included.
 */
public final class Trigger {
    private final ExecutionStarter starter;
    private final StartInput input;
    private final TuningStatus status;

    /**
     * Creates the step.
     *
     * @param input makes the input of an execution
     * @param status writes on the item that it was started
     */
    public Trigger(ExecutionStarter starter, StartInput input, TuningStatus status) {
        this.starter = Objects.requireNonNull(starter, "starter");
        this.input = Objects.requireNonNull(input, "input");
        this.status = Objects.requireNonNull(status, "status");
    }

    /** Looks at a change; may be told of it again. */
    public void see(ItemChange change) {
        change.arrivedAt(AlgorithmStatus.READY).ifPresent(this::start);
    }

    /** That it was started before is as good: another delivery of this record did it, and may have died before it said so. */
    private void start(AlgorithmItem item) {
        String name = ExecutionName.of(item);
        starter.start(name, input.of(item));
        status.begun(name);
    }
}
