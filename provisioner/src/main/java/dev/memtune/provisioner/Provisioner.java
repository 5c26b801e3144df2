// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.change.DeploymentLease;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.Registry;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deploys what was uploaded, removes what was removed, and connects what was promoted. Never waits: where something takes
 * time, it says what is to be looked at again, and when. Safe for use by many threads and processes, and repeating anything
 * is harmless.
 */
public final class Provisioner {
    private final Registry registry;
    private final InstantSource clock;
    private final Deploying deploying;
    private final Connecting connecting;
    private final Releasing releasing;
    private final Removing removing;

    /**
     * Creates the step.
     *
     * @param lease keeps tunings and deployments apart
     * @param limits how long things may take
     */
    public Provisioner(
            Registry registry,
            AlgorithmStacks stacks,
            DeploymentLease lease,
            ProvisionerLimits limits,
            InstantSource clock) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.clock = Objects.requireNonNull(clock, "clock");
        Waiting waiting = new Waiting(limits, clock);
        Turn turn = new Turn(lease, limits);
        this.deploying = new Deploying(registry, stacks, turn, waiting);
        this.connecting = new Connecting(stacks, waiting);
        this.releasing = new Releasing(stacks, turn, waiting);
        this.removing = new Removing(stacks, turn, waiting);
    }

    /**
     * Looks at what a change is about, if it is one that asks for something; may be told of it again.
     *
     * @return what is to be looked at again; empty if nothing is left to do
     */
    public Optional<Later> see(ItemChange change) {
        boolean asksForSomething = change.after().isEmpty()
                || change.arrivedAt(AlgorithmStatus.UPLOADED).isPresent()
                || hasEnded(change);
        return asksForSomething ? look(Look.first(name(change), clock.instant())) : Optional.empty();
    }

    private static boolean hasEnded(ItemChange change) {
        return Stream.of(AlgorithmStatus.values())
                .filter(AlgorithmStatus::isFinal)
                .anyMatch(end -> change.arrivedAt(end).isPresent());
    }

    private static String name(ItemChange change) {
        return change.after().or(change::before).orElseThrow().name();
    }

    /**
     * Takes the next step for an algorithm, whatever that is by now.
     *
     * @return what is to be looked at again; empty if nothing is left to do
     * @throws NotProvisioned if something that no item can tell of went wrong or did not end in time; looking again tries again
     * @throws dev.memtune.core.port.LambdaFault if the stacks did not answer, and no item can tell of it
     */
    public Optional<Later> look(Look look) {
        AlgorithmItem item = registry.find(look.name()).orElse(null);
        if (item == null) {
            return removing.look(look);
        }
        return switch (item.status()) {
            case UPLOADED -> deploying.look(look, item);
            case READY, TUNING -> Optional.empty();
            case PROMOTED, KEPT, REJECTED -> connecting.look(look, item);
            case FAILED -> releasing.look(look, item).or(() -> connecting.look(look, item));
        };
    }
}
