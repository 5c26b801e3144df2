// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * The lease on a function while its code is deployed: the same alias that tunings hold, so that neither gets into the other's
 * way. There is no run to note it; whoever is left with it waits for its end.
 */
public final class DeploymentLease {
    /** A deletion has no condition; closer to the end, somebody else's lease could be hit. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final FunctionControl control;
    private final InstantSource clock;

    /** @param control where the functions are */
    public DeploymentLease(FunctionControl control, InstantSource clock) {
        this.control = Objects.requireNonNull(control, "control");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Takes the lease; held already, it is extended if need be.
     *
     * @param holder no white space; of two deployments with the same holder, each has the lease of the other
     * @param time how long from now
     * @return why the function cannot be had now; empty if the lease is held, or if there is no function
     * @throws LambdaFault if the answer is not known; taking it again is safe
     */
    public Optional<String> take(String function, String holder, Duration time) {
        try {
            int memoryMB = control.configuration(function, FunctionConfiguration.LATEST)
                    .memoryMB();
            return take(function, new Lease(holder, 1, clock.instant().plus(time), memoryMB));
        } catch (LambdaFault.NotFound e) {
            return Optional.empty();
        } catch (LambdaFault.Conflict | LambdaFault.PreconditionFailed e) {
            return Optional.of("the lease of " + function + " is changing hands");
        }
    }

    private Optional<String> take(String function, Lease lease) {
        AliasConfiguration present = control.alias(function, Lease.ALIAS).orElse(null);
        if (present == null) {
            control.createAlias(function, Lease.ALIAS, FunctionConfiguration.LATEST, lease.description());
            return Optional.empty();
        }
        Optional<String> obstacle = LeaseAlias.isOurs(present, lease.holder())
                ? Optional.empty()
                : LeaseAlias.obstacle(present, function, lease.memoryMB(), clock.instant());
        if (obstacle.isEmpty() && !lasts(present, lease)) {
            control.updateAlias(
                    function, Lease.ALIAS, FunctionConfiguration.LATEST, lease.description(), present.revisionId());
        }
        return obstacle;
    }

    private static boolean lasts(AliasConfiguration present, Lease lease) {
        return LeaseAlias.isOurs(present, lease.holder())
                && Lease.parse(present.description())
                        .filter(held -> !held.expiresAt().isBefore(lease.expiresAt()))
                        .isPresent();
    }

    /**
     * Gives the lease back, if this holder has it for long enough to say so.
     *
     * @throws LambdaFault if the answer is not known; giving it back again is safe
     */
    public void release(String function, String holder) {
        try {
            Instant safe = clock.instant().plus(MARGIN);
            boolean isHeld = control.alias(function, Lease.ALIAS)
                    .filter(alias -> LeaseAlias.isOurs(alias, holder))
                    .flatMap(alias -> Lease.parse(alias.description()))
                    .filter(lease -> !lease.isExpired(safe))
                    .isPresent();
            if (isHeld) {
                control.deleteAlias(function, Lease.ALIAS);
            }
        } catch (LambdaFault.NotFound e) {
            // With the function, its lease has gone.
        }
    }
}
