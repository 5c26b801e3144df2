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
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Marker;
import dev.memtune.core.run.Run;
import java.util.Map;
import java.util.Optional;

/** Puts the run's own alias on each arm's version. Names that somebody else uses are left to them. */
final class ArmAliases {
    private final FunctionControl control;
    private final Run run;
    private final Journal journal;
    private final Map<String, FunctionConfiguration> answers;

    /** @param answers what AWS said of the versions that were published just now, by arm */
    ArmAliases(FunctionControl control, Run run, Journal journal, Map<String, FunctionConfiguration> answers) {
        this.control = control;
        this.run = run;
        this.journal = journal;
        this.answers = answers;
    }

    /** Creates the arm's alias unless it is there, or the arm has no version because it cannot work. */
    void create(Arm arm, Patience patience) {
        Optional<String> version = version(arm);
        if (version.isPresent() && journal.ledger().aliasCreated(arm.id()).isEmpty()) {
            createAlias(arm, version.get(), patience);
        }
        if (version.isPresent() && run.input().terms().asynchronous()) {
            stopRetries(arm, patience);
        }
    }

    /** AWS would run a failed event twice more, and tell others of its failure. */
    private void stopRetries(Arm arm, Patience patience) {
        String alias = asPublished(arm).alias();
        if (alias == null || journal.ledger().areRetriesStopped(arm.id())) {
            return;
        }
        journal.append(LedgerEntry.alias(Kind.RETRIES_INTENT, arm.id(), alias, null));
        patience.read("stopping retries of " + alias, () -> {
            control.stopRetries(run.function(), alias);
            return alias;
        });
        journal.append(LedgerEntry.alias(Kind.RETRIES_STOPPED, arm.id(), alias, null));
    }

    /** The arm's version as it is now; empty if it has none. A version that was active when it was published stays so. */
    Optional<FunctionConfiguration> state(Arm arm, Patience patience) {
        FunctionConfiguration answer = answers.get(arm.id());
        return answer != null && answer.isActive()
                ? Optional.of(answer)
                : version(arm)
                        .map(version -> patience.read(
                                "reading version " + version, () -> control.configuration(run.function(), version)));
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
            String name = Marker.aliasName(run.runId(), arm, taken);
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
