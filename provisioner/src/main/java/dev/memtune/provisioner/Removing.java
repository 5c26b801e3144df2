// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.StackState;
import java.util.List;
import java.util.Optional;

/** Removes the stack of an algorithm that has no item any more. */
final class Removing {
    private static final String REMOVAL = "removal";

    private final AlgorithmStacks stacks;
    private final Turn turn;
    private final Waiting waiting;

    Removing(AlgorithmStacks stacks, Turn turn, Waiting waiting) {
        this.stacks = stacks;
        this.turn = turn;
        this.waiting = waiting;
    }

    Optional<Later> look(Look look) {
        try {
            return advance(look);
        } catch (LambdaFault fault) {
            if (!Waiting.mayPass(fault)) {
                throw fault;
            }
            return awaitRemoval(look, List.of(String.valueOf(fault.getMessage())));
        }
    }

    private Optional<Later> advance(Look look) {
        return switch (stacks.state(look.name())) {
            case StackState.Absent absent -> Optional.empty();
            case StackState.Changing changing -> awaitRemoval(look, List.of("its stack is still changing"));
            case StackState.Deployed deployed -> remove(look, List.of("its stack is still there"));
            case StackState.Failed failed -> remove(look, failed.reasons());
        };
    }

    private Optional<Later> remove(Look look, List<String> state) {
        Optional<String> obstacle = turn.take(look.name());
        if (obstacle.isPresent()) {
            return Optional.of(waiting.forTurn(look)
                    .orElseThrow(() -> kept(look, obstacle.stream().toList())));
        }
        stacks.remove(look.name());
        return awaitRemoval(look, state);
    }

    private Optional<Later> awaitRemoval(Look look, List<String> why) {
        return Optional.of(waiting.forChange(look, REMOVAL).orElseThrow(() -> kept(look, why)));
    }

    private static NotProvisioned kept(Look look, List<String> why) {
        return new NotProvisioned(
                "the item of " + look.name() + " was removed, and its function was not: " + String.join("; ", why));
    }
}
