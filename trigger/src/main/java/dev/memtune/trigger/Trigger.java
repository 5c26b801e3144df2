// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import dev.memtune.core.port.ExecutionStarter;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.ItemChange;
import java.util.Objects;

/** Starts an execution when an algorithm has become ready; does nothing about any other change. */
public final class Trigger {
    private final ExecutionStarter starter;
    private final StartInput input;

    /**
     * Creates the step.
     *
     * @param input makes the input of an execution
     */
    public Trigger(ExecutionStarter starter, StartInput input) {
        this.starter = Objects.requireNonNull(starter, "starter");
        this.input = Objects.requireNonNull(input, "input");
    }

    /** Looks at a change; may be told of it again. */
    public void see(ItemChange change) {
        change.arrivedAt(AlgorithmStatus.READY).ifPresent(this::start);
    }

    /** That it was started before is as good: another delivery of this record did it. */
    private void start(AlgorithmItem item) {
        starter.start(ExecutionName.of(item), input.of(item));
    }
}
