// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.change.DeploymentLease;
import java.util.Objects;
import java.util.Optional;

/** Whose turn it is to change a function. All deployments of an algorithm are one holder: stacks keep those apart. */
final class Turn {
    private final DeploymentLease lease;
    private final ProvisionerLimits limits;

    Turn(DeploymentLease lease, ProvisionerLimits limits) {
        this.lease = Objects.requireNonNull(lease, "lease");
        this.limits = limits;
    }

    /** Takes the turn. @return why it is not ours yet; empty if it is */
    Optional<String> take(String name) {
        return lease.take(name, holder(name), limits.leaseTime());
    }

    /** Gives the turn to whoever waits for it. */
    void end(String name) {
        lease.release(name, holder(name));
    }

    private static String holder(String name) {
        return "deployment-of-" + name;
    }
}
