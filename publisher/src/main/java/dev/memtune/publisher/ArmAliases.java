// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Marker;
import dev.memtune.core.run.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts the run's own alias on each arm's version. Names that somebody else uses are left to them. */
final class ArmAliases {
    private final FunctionControl control;
    private final Run run;
    private final Journal journal;
    private final Map<String, FunctionConfiguration> versions = new HashMap<>();

    ArmAliases(FunctionControl control, Run run, Journal journal) {
        this.control = control;
        this.run = run;
        this.journal = journal;
    }

    /** Creates the arm's alias unless it is there, and says if the arm's version cannot work. */
    Optional<Infeasible> create(Arm arm, Patience patience) {
        Optional<String> version = version(arm);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        FunctionConfiguration present = patience.read(
                "reading version " + version.get(), () -> control.configuration(run.function(), version.get()));
        versions.put(arm.id(), present);
        if (present.state().equals("Failed")) {
            String message = "version " + version.get() + " did not start: " + present.lastUpdateReason();
            return Optional.of(new Infeasible(arm.id(), arm.memoryMB(), Infeasible.Reason.FUNCTION_ERROR, message));
        }
        if (journal.ledger().aliasCreated(arm.id()).isEmpty()) {
            createAlias(arm, version.get(), patience);
        }
        return Optional.empty();
    }

    /** Whether the arm can be invoked now; so is an arm that has no version because it cannot work. */
    boolean isReady(Arm arm, Patience patience) {
        FunctionConfiguration present = versions.get(arm.id());
        return present == null || !present.state().equals("Pending");
    }

    /** The arm with what the ledger knows of it. */
    Arm asPublished(Arm arm) {
        Optional<String> alias = journal.ledger().aliasCreated(arm.id()).map(LedgerEntry::alias);
        return version(arm).isPresent() && alias.isPresent()
                ? arm.publishedAs(version(arm).get(), alias.get())
                : arm;
    }

    private Optional<String> version(Arm arm) {
        return journal.ledger().published(arm.id()).map(LedgerEntry::version);
    }

    private void createAlias(Arm arm, String version, Patience patience) {
        int taken = 0;
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            String name = Marker.aliasName(run.runId(), arm.memoryMB(), taken);
            journal.append(LedgerEntry.alias(Kind.ALIAS_INTENT, arm.id(), name, version));
            if (tryToCreate(name, version, patience)) {
                journal.append(LedgerEntry.alias(Kind.ALIAS_CREATED, arm.id(), name, version));
                return;
            }
            Optional<AliasConfiguration> present =
                    patience.read("reading the alias " + name, () -> control.alias(run.function(), name));
            if (present.filter(alias -> isOurs(alias, version)).isPresent()) {
                journal.append(LedgerEntry.alias(Kind.ALIAS_CREATED, arm.id(), name, version));
                return;
            }
            taken += present.isPresent() ? 1 : 0;
            patience.pause("creating the alias " + name, attempt);
        }
        throw new OutOfTime("could not create an alias for version " + version);
    }

    private boolean tryToCreate(String name, String version, Patience patience) {
        try {
            patience.admitted(
                    "creating the alias " + name,
                    () -> control.createAlias(run.function(), name, version, Marker.ofAlias(run.runId())));
            return true;
        } catch (LambdaFault.Conflict | LambdaFault.OutcomeUnknown e) {
            return false;
        }
    }

    private boolean isOurs(AliasConfiguration alias, String version) {
        return alias.version().equals(version) && alias.description().equals(Marker.ofAlias(run.runId()));
    }
}
