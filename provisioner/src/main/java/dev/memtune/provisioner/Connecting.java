// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.AlgorithmStatus;
import java.util.Optional;

/**
 * Lets the queue of an algorithm reach its alias once there is one. At every end, not at the first promotion alone: what came
 * in between may have kept it from being done then.
 */
final class Connecting {
    private static final String CONNECTION = "connection";

    private final AlgorithmStacks stacks;
    private final Waiting waiting;

    Connecting(AlgorithmStacks stacks, Waiting waiting) {
        this.stacks = stacks;
        this.waiting = waiting;
    }

    Optional<Later> look(Look look, AlgorithmItem item) {
        if (!isServed(item)) {
            return Optional.empty();
        }
        String why = "its stack is still changing";
        try {
            if (stacks.connect(item.name())) {
                return Optional.empty();
            }
        } catch (LambdaFault fault) {
            if (!Waiting.mayPass(fault)) {
                throw fault;
            }
            why = String.valueOf(fault.getMessage());
        }
        String sentence = item.name() + " is promoted, and its queue is not connected: " + why;
        return Optional.of(waiting.forChange(look, CONNECTION).orElseThrow(() -> new NotProvisioned(sentence)));
    }

    /** Whether an upload of it has ever got as far as the alias. */
    private static boolean isServed(AlgorithmItem item) {
        return item.history().stream()
                .anyMatch(change ->
                        change.status() == AlgorithmStatus.PROMOTED || change.status() == AlgorithmStatus.KEPT);
    }
}
