// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Marker;
import dev.memtune.core.run.Run;
import java.util.List;
import java.util.Set;

/** The aliases and versions that a run created: known from its ledger and from their descriptions, both. */
final class OwnVersions {
    private final FunctionControl control;
    private final Run run;
    private final Journal journal;
    private final Patience patience;

    OwnVersions(FunctionControl control, Run run, Journal journal, Patience patience) {
        this.control = control;
        this.run = run;
        this.journal = journal;
        this.patience = patience;
    }

    /** Notes the promotion whose answer never came, if it took effect. */
    void confirmPromotion(List<AliasConfiguration> aliases) {
        Ledger ledger = journal.ledger();
        LedgerEntry intent = ledger.last(Kind.PROMOTE_INTENT).orElse(null);
        if (intent == null || ledger.has(Kind.PROMOTED)) {
            return;
        }
        aliases.stream()
                .filter(alias -> alias.name().equals(intent.alias()))
                .filter(alias -> alias.version().equals(intent.version()))
                .findFirst()
                .ifPresent(
                        alias -> journal.append(LedgerEntry.alias(Kind.PROMOTED, null, alias.name(), alias.version())));
    }

    boolean isOurs(AliasConfiguration alias) {
        return journal.ledger().possibleAliases().contains(alias.name())
                && alias.description().equals(Marker.ofAlias(run.runId()));
    }

    void deleteAlias(String name) {
        if (journal.ledger().has(Kind.RETRIES_INTENT)) {
            journal.append(LedgerEntry.alias(Kind.ALIAS_DELETE_INTENT, null, name, null));
            patience.read("forgetting about retries of " + name, () -> {
                control.forgetRetries(run.function(), name);
                return name;
            });
        }
        journal.append(LedgerEntry.alias(Kind.ALIAS_DELETE_INTENT, null, name, null));
        patience.read("deleting the alias " + name, () -> {
            control.deleteAlias(run.function(), name);
            return name;
        });
        journal.append(LedgerEntry.alias(Kind.ALIAS_DELETED, null, name, null));
    }

    /** Finds versions that were published without our hearing of it. */
    void findUnconfirmed() {
        Set<String> open = journal.ledger().openMarkers();
        if (open.isEmpty()) {
            return;
        }
        for (FunctionConfiguration version :
                patience.read("listing versions of " + run.function(), () -> control.versions(run.function()))) {
            if (open.contains(version.description()) && isNew(version)) {
                journal.append(new LedgerEntry(
                        Kind.PUBLISHED,
                        null,
                        version.memoryMB(),
                        version.version(),
                        null,
                        version.description(),
                        null));
            }
        }
    }

    private boolean isNew(FunctionConfiguration version) {
        return !version.version().equals(FunctionConfiguration.LATEST)
                && Integer.parseInt(version.version()) > run.highestVersion();
    }

    /** Deletes a version of ours, unless it was promoted or somebody else has put an alias on it. */
    void delete(String version) {
        boolean promoted = journal.ledger()
                .last(Kind.PROMOTED)
                .filter(entry -> version.equals(entry.version()))
                .isPresent();
        if (promoted) {
            return;
        }
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            journal.append(new LedgerEntry(Kind.VERSION_DELETE_INTENT, null, null, version, null, null, null));
            if (tryToDelete(version)) {
                journal.append(new LedgerEntry(Kind.VERSION_DELETED, null, null, version, null, null, null));
                return;
            }
            if (isInUse(version)) {
                return;
            }
            patience.pause("deleting version " + version, attempt);
        }
        throw new OutOfTime("version " + version + " could not be deleted");
    }

    private boolean tryToDelete(String version) {
        try {
            patience.read("deleting version " + version, () -> {
                control.deleteVersion(run.function(), version);
                return version;
            });
            return true;
        } catch (LambdaFault.Conflict e) {
            return false;
        }
    }

    /**
     * Whether an alias that is not ours to delete refers to the version; the promotion itself may have come late. One of ours
     * that came late is deleted.
     */
    private boolean isInUse(String version) {
        List<AliasConfiguration> aliases =
                patience.read("listing aliases of " + run.function(), () -> control.aliases(run.function()));
        aliases.stream().filter(this::isOurs).forEach(alias -> deleteAlias(alias.name()));
        confirmPromotion(aliases);
        return aliases.stream()
                .filter(alias -> !isOurs(alias))
                .anyMatch(alias ->
                        alias.version().equals(version) || alias.weights().containsKey(version));
    }
}
