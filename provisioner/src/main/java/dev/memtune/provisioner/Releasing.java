// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.StackState;
import dev.memtune.core.registry.StatusChange;
import java.util.List;
import java.util.Optional;

/**
 * Gives the function back after a deployment that the item says has failed, once its stack is still: what took too long may
 * have gone on. A lease that is not given back ends by itself.
 */
final class Releasing {
    private static final String RELEASE = "release";

    private final AlgorithmStacks stacks;
    private final Turn turn;
    private final Waiting waiting;

    Releasing(AlgorithmStacks stacks, Turn turn, Waiting waiting) {
        this.stacks = stacks;
        this.turn = turn;
        this.waiting = waiting;
    }

    /** The next look, while the stack changes; empty if there is nothing to give back, or nothing any more. */
    Optional<Later> look(Look look, AlgorithmItem item) {
        if (!failedToDeploy(item)) {
            return Optional.empty();
        }
        try {
            if (stacks.state(item.name()) instanceof StackState.Changing) {
                return waiting.forChange(look, RELEASE);
            }
            turn.end(item.name());
            return Optional.empty();
        } catch (LambdaFault fault) {
            return Waiting.mayPass(fault) ? waiting.forChange(look, RELEASE) : Optional.empty();
        }
    }

    /** A failed tuning was {@code TUNING} before, and its run gives its own lease back. */
    private static boolean failedToDeploy(AlgorithmItem item) {
        List<StatusChange> history = item.history();
        return history.size() > 1 && history.get(history.size() - 2).status() == AlgorithmStatus.UPLOADED;
    }
}
