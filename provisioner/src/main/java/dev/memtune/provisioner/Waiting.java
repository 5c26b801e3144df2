// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.port.LambdaFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/** Bounded waiting between looks. */
final class Waiting {
    private final ProvisionerLimits limits;
    private final InstantSource clock;

    Waiting(ProvisionerLimits limits, InstantSource clock) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** The next look while a stack changes; empty if that has taken too long. */
    Optional<Later> forChange(Look look, String what) {
        return until(limits.changeTime(), look.waitingFor(what, now()));
    }

    /** The next look while somebody else holds the function; empty if that has taken too long. */
    Optional<Later> forTurn(Look look) {
        return until(limits.turnTime(), look.waitingFor("turn", now()));
    }

    /** Another look at what somebody else has changed meanwhile. */
    Later afresh(Look look) {
        return new Later(Look.first(look.name(), now()), limits.pauseMin());
    }

    private Optional<Later> until(Duration bound, Look next) {
        Instant now = now();
        return now.isBefore(next.since().plus(bound))
                ? Optional.of(new Later(next, limits.pause(next.since(), now)))
                : Optional.empty();
    }

    /** Whether what went wrong may pass by itself. */
    static boolean mayPass(LambdaFault fault) {
        return switch (fault) {
            case LambdaFault.Conflict conflict -> true;
            case LambdaFault.PreconditionFailed precondition -> true;
            case LambdaFault.Throttled throttled -> true;
            case LambdaFault.NotReady notReady -> true;
            case LambdaFault.OutcomeUnknown unknown -> true;
            case LambdaFault.NotFound notFound -> false;
            case LambdaFault.Denied denied -> false;
            case LambdaFault.Refused refused -> false;
            case LambdaFault.Unsupported unsupported -> false;
        };
    }
}
