// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.change.LeaseAlias;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.Full;
import dev.memtune.core.failure.Queued;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.TuningSlots;
import dev.memtune.core.run.Lease;
import java.time.Instant;
import java.util.Optional;

/**
 * The turn of a run that waits for it. It is asked for before the function is described, because whoever waits would find
 * another function afterwards; and for the function first, because whoever waits for that must not keep others out.
 */
final class Turn {
    private final FunctionControl control;
    private final TuningSlots slots;

    Turn(FunctionControl control, TuningSlots slots) {
        this.control = control;
        this.slots = slots;
    }

    /**
     * Takes a slot if it is the run's turn.
     *
     * @param until when the run is over at the latest
     * @throws Queued if another run holds the function
     * @throws Full if as many tunings run as may
     */
    void take(String runId, String function, Instant until, Patience patience) {
        Optional<Lease> holder = alias(function, patience)
                .filter(alias -> !LeaseAlias.isOurs(alias, runId))
                .flatMap(alias -> Lease.parse(alias.description()))
                .filter(lease -> !lease.isExpired(patience.clock().instant()));
        if (holder.isPresent()) {
            slots.leave(runId);
            throw new Queued("run " + holder.get().holder() + " holds " + function + " until "
                    + holder.get().expiresAt() + ", and this one has waited as long as it may; try again");
        }
        if (!slots.enter(runId, until)) {
            throw new Full("as many tunings run as may at once, and this one has waited as long as it may; try again,"
                    + " or raise the stack's MaxRunningTunings");
        }
    }

    private Optional<AliasConfiguration> alias(String function, Patience patience) {
        try {
            return patience.read("reading the lease of " + function, () -> control.alias(function, Lease.ALIAS));
        } catch (LambdaFault.NotFound e) {
            // A function that is not there is held by nobody; who describes it says so.
            return Optional.empty();
        }
    }

    /** Gives the slot back to wait for a function that another run took at the same moment. */
    Queued missed(String runId, String why) {
        slots.leave(runId);
        return new Queued(why);
    }
}
