// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.registry.StackState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Brings an uploaded algorithm to {@link AlgorithmStatus#READY}, or says why it does not get there. */
final class Deploying {
    private final Registry registry;
    private final AlgorithmStacks stacks;
    private final Turn turn;
    private final Waiting waiting;

    Deploying(Registry registry, AlgorithmStacks stacks, Turn turn, Waiting waiting) {
        this.registry = registry;
        this.stacks = Objects.requireNonNull(stacks, "stacks");
        this.turn = turn;
        this.waiting = waiting;
    }

    Optional<Later> look(Look look, AlgorithmItem item) {
        try {
            return advance(look, item);
        } catch (LambdaFault fault) {
            return troubled(look, item, fault);
        }
    }

    private Optional<Later> advance(Look look, AlgorithmItem item) {
        String deployment = ExecutionName.of(item);
        return switch (stacks.state(item.name())) {
            // A function that is there without a stack is somebody else's; creating the stack fails by that, and says
            // so.
            case StackState.Absent absent -> begin(look, item);
            case StackState.Changing changing -> awaitChange(look, item, "its stack is still changing");
            case StackState.Deployed deployed ->
                deployed.deployment().equals(deployment) ? ready(look, item) : beginInTurn(look, item);
            case StackState.Failed failed ->
                failed.deployment().equals(deployment)
                        ? rejected(look, item, failed.reasons())
                        : beginInTurn(look, item);
        };
    }

    private Optional<Later> beginInTurn(Look look, AlgorithmItem item) {
        Optional<String> obstacle = turn.take(item.name());
        if (obstacle.isEmpty()) {
            return begin(look, item);
        }
        return waiting.forTurn(look).or(() -> write(look, failure(item, "its turn did not come: " + obstacle.get())));
    }

    private Optional<Later> begin(Look look, AlgorithmItem item) {
        stacks.deploy(item);
        return awaitChange(look, item, "its stack was begun again and again");
    }

    /** For one attempt the time counts once, whatever is under way before its own deployment. */
    private Optional<Later> awaitChange(Look look, AlgorithmItem item, String why) {
        return waiting.forChange(look, ExecutionName.of(item)).or(() -> write(look, failure(item, why)));
    }

    /** First the lease, so that it is given back also if this is cut off: the next look is here again. */
    private Optional<Later> ready(Look look, AlgorithmItem item) {
        turn.end(item.name());
        return write(look, item.moved(AlgorithmStatus.READY, "deployed", waiting.now()));
    }

    private Optional<Later> rejected(Look look, AlgorithmItem item, List<String> reasons) {
        turn.end(item.name());
        return write(look, item.refused(AlgorithmStatus.REJECTED, reasons, waiting.now()));
    }

    private Optional<Later> troubled(Look look, AlgorithmItem item, LambdaFault fault) {
        String message = String.valueOf(fault.getMessage());
        if (Waiting.mayPass(fault)) {
            return awaitChange(look, item, message);
        }
        if (fault instanceof LambdaFault.Refused) {
            return rejected(look, item, List.of(message));
        }
        return write(look, failure(item, message));
    }

    /** The lease is given back when the stack is still: what took too long may be going on. See {@link Releasing}. */
    private AlgorithmItem failure(AlgorithmItem item, String why) {
        String sentence = item.name() + " was not deployed: " + why;
        return item.refused(AlgorithmStatus.FAILED, List.of(sentence), waiting.now());
    }

    private Optional<Later> write(Look look, AlgorithmItem next) {
        return registry.put(next) ? Optional.empty() : Optional.of(waiting.afresh(look));
    }
}
