// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.failure.Busy;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import java.time.Instant;
import java.util.Optional;

/** Takes, renews and releases the lease on a function. */
public final class LeaseAlias {
    private final FunctionControl control;
    private final String function;
    private final Journal journal;
    /** Whether there was a call to create the lease whose answer never came; it may take effect later. */
    private boolean creationInFlight;

    /** @param function name or unqualified ARN */
    public LeaseAlias(FunctionControl control, String function, Journal journal) {
        this.control = control;
        this.function = function;
        this.journal = journal;
    }

    /**
     * Takes the lease; held already, it is extended if need be.
     *
     * @throws Busy if somebody else holds it, or left the function at a trial size
     */
    public void take(Lease lease, int presentMemoryMB, Patience patience) {
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            if (tryToTake(lease, presentMemoryMB, attempt, patience)) {
                journal.append(LedgerEntry.alias(Kind.LEASE_TAKEN, null, Lease.ALIAS, null));
                return;
            }
            patience.pause("the lease of " + function, attempt);
        }
        throw new Busy(
                "the lease of " + function + " changed hands " + Patience.ATTEMPTS_MAX + " times; try again later");
    }

    private boolean tryToTake(Lease lease, int presentMemoryMB, int attempt, Patience patience) {
        try {
            if (attempt == 0) {
                return create(lease, patience);
            }
            AliasConfiguration present = read(patience).orElse(null);
            if (present == null) {
                return create(lease, patience);
            }
            return isOurs(present, lease.holder())
                    ? extend(present, lease, patience)
                    : takeOver(present, lease, presentMemoryMB, patience);
        } catch (LambdaFault.Conflict | LambdaFault.PreconditionFailed e) {
            return false;
        } catch (LambdaFault.OutcomeUnknown e) {
            creationInFlight = true;
            return false;
        }
    }

    private boolean create(Lease lease, Patience patience) {
        journal.append(LedgerEntry.alias(Kind.LEASE_INTENT, null, Lease.ALIAS, null));
        patience.admitted(
                "taking the lease of " + function,
                () -> control.createAlias(function, Lease.ALIAS, FunctionConfiguration.LATEST, lease.description()));
        return true;
    }

    private boolean extend(AliasConfiguration present, Lease lease, Patience patience) {
        boolean lasts = Lease.parse(present.description())
                .filter(held -> !held.expiresAt().isBefore(lease.expiresAt()))
                .isPresent();
        if (!lasts) {
            update(present, lease, patience);
        }
        return true;
    }

    private boolean takeOver(AliasConfiguration present, Lease lease, int presentMemoryMB, Patience patience) {
        obstacle(present, function, presentMemoryMB, patience.clock().instant()).ifPresent(why -> {
            throw new Busy(why);
        });
        if (creationInFlight) {
            journal.append(LedgerEntry.alias(Kind.LEASE_INTENT, null, Lease.ALIAS, null));
        }
        update(present, lease, patience);
        return true;
    }

    /**
     * Moves the end of the lease.
     *
     * @throws LambdaFault.NotFound if the lease is not held any more
     */
    public void renew(Lease lease, Instant newExpiry, Patience patience) {
        AliasConfiguration present = read(patience)
                .filter(alias -> isOurs(alias, lease.holder()))
                .orElseThrow(() -> new LambdaFault.NotFound(
                        "run " + lease.holder() + " does not hold the lease of " + function, null));
        journal.append(LedgerEntry.alias(Kind.LEASE_INTENT, null, Lease.ALIAS, null));
        update(present, lease.until(newExpiry), patience);
        journal.append(LedgerEntry.alias(Kind.LEASE_TAKEN, null, Lease.ALIAS, null));
    }

    /** Releases the lease, which the caller has seen to be the run's own and not about to expire. */
    public void release(String holder, Patience patience) {
        journal.append(LedgerEntry.alias(Kind.LEASE_RELEASE_INTENT, null, Lease.ALIAS, null));
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            if (tryToRelease(holder, attempt, patience)) {
                journal.append(LedgerEntry.alias(Kind.LEASE_RELEASED, null, Lease.ALIAS, null));
                return;
            }
            patience.pause("releasing the lease of " + function, attempt);
        }
        throw new OutOfTime("could not release the lease of " + function);
    }

    private boolean tryToRelease(String holder, int attempt, Patience patience) {
        boolean gone = attempt > 0
                && read(patience).filter(alias -> isOurs(alias, holder)).isEmpty();
        if (gone) {
            return true;
        }
        try {
            return patience.admitted("releasing the lease of " + function, () -> {
                control.deleteAlias(function, Lease.ALIAS);
                return true;
            });
        } catch (LambdaFault.Conflict | LambdaFault.OutcomeUnknown e) {
            return false;
        }
    }

    private void update(AliasConfiguration present, Lease lease, Patience patience) {
        patience.admitted(
                "taking the lease of " + function,
                () -> control.updateAlias(
                        function,
                        Lease.ALIAS,
                        FunctionConfiguration.LATEST,
                        lease.description(),
                        present.revisionId()));
    }

    private Optional<AliasConfiguration> read(Patience patience) {
        return patience.read("reading the lease of " + function, () -> control.alias(function, Lease.ALIAS));
    }

    /** Why a lease that is not one's own cannot be taken over; empty if it can. */
    static Optional<String> obstacle(AliasConfiguration present, String function, int presentMemoryMB, Instant now) {
        Lease held = Lease.parse(present.description()).orElse(null);
        if (held == null) {
            return Optional.of("the alias " + Lease.ALIAS + " of " + function
                    + " is not a lease of Memtune's; remove it if nobody needs it");
        }
        if (!held.isExpired(now)) {
            return Optional.of("run " + held.holder() + " holds " + function + " until " + held.expiresAt()
                    + "; try again when it has ended");
        }
        if (held.memoryMB() != presentMemoryMB) {
            return Optional.of("run " + held.holder() + " ended without cleaning up: " + function + " has "
                    + presentMemoryMB + " MB and had " + held.memoryMB() + " MB before it; run `memtune clean "
                    + function + "` where that run was started, or give it the right size and delete the alias "
                    + Lease.ALIAS);
        }
        return Optional.empty();
    }

    /** Whether this alias is a lease of that run. */
    public static boolean isOurs(AliasConfiguration alias, String runId) {
        return Lease.parse(alias.description())
                .filter(lease -> lease.holder().equals(runId))
                .isPresent();
    }
}
