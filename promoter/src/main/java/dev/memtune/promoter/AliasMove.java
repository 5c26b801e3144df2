// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Marker;
import dev.memtune.core.run.Run;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Points an alias to a version, guarded by the revision that was read when the run began. */
final class AliasMove {
    private final FunctionControl control;
    private final Run run;
    private final Journal journal;
    private final String name;

    AliasMove(FunctionControl control, Run run, Journal journal, String name) {
        this.control = control;
        this.run = run;
        this.journal = journal;
        this.name = name;
    }

    /** The alias now, which must be as it was when the run began, or moved by this run to {@code version}. */
    Optional<AliasConfiguration> read(String version, Patience patience) {
        Optional<AliasConfiguration> present =
                patience.read("reading the alias " + name, () -> control.alias(run.function(), name));
        if (!isDone(present.orElse(null), version) && !isAsItWas(present.orElse(null))) {
            throw new Conflicted("somebody else changed the alias " + name + " of " + run.function()
                    + " since the run began, now it points to "
                    + present.map(AliasConfiguration::version).orElse("nothing")
                    + "; it stays there. Tune again for what it serves now");
        }
        return present;
    }

    /**
     * Whether this run's move has taken effect: it was about to be made, and the alias points there. While environments are
     * made ready for it, AWS lets the alias split its calls.
     */
    boolean isDone(@Nullable AliasConfiguration present, String version) {
        return present != null
                && (present.version().equals(version) || present.weights().containsKey(version))
                && journal.ledger().last(Kind.PROMOTE_INTENT).isPresent();
    }

    private boolean isAsItWas(@Nullable AliasConfiguration present) {
        AliasConfiguration before = run.promoteAlias();
        if (present == null || before == null) {
            return present == null && before == null;
        }
        return present.version().equals(before.version())
                && present.weights().equals(before.weights())
                && Objects.equals(present.revisionId(), before.revisionId());
    }

    /** Moves or creates the alias. @throws Conflicted if somebody else changed it */
    void move(String version, Patience patience) {
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            journal.append(LedgerEntry.alias(Kind.PROMOTE_INTENT, null, name, version));
            if (send(version, patience) || isDone(read(version, patience).orElse(null), version)) {
                confirm(version);
                return;
            }
            patience.pause("moving the alias " + name, attempt);
        }
        throw new OutOfTime("could not move the alias " + name + " of " + run.function());
    }

    /** Notes that the move has taken effect, once. */
    void confirm(String version) {
        if (!journal.ledger().has(Kind.PROMOTED)) {
            journal.append(LedgerEntry.alias(Kind.PROMOTED, null, name, version));
        }
    }

    private boolean send(String version, Patience patience) {
        AliasConfiguration before = run.promoteAlias();
        try {
            patience.admitted(
                    "moving the alias " + name,
                    () -> before == null
                            ? control.createAlias(run.function(), name, version, Marker.ofPromotion(run.runId()))
                            : control.updateAlias(run.function(), name, version, null, before.revisionId()));
            return true;
        } catch (LambdaFault.Conflict | LambdaFault.PreconditionFailed | LambdaFault.OutcomeUnknown e) {
            return false;
        }
    }
}
