// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import dev.memtune.core.change.Journal;
import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.change.VersionWindow;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A version of the measured code and size with the function's own log level: what is promoted where the measured version had
 * to log more than the function does. Rule S11.
 */
final class CleanVersion {
    private static final String ARM = "promoted";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int RESTORE_SHARE = 3;

    private final FunctionControl control;
    private final RunStore store;
    private final Run run;
    private final Journal journal;

    CleanVersion(FunctionControl control, RunStore store, Run run, Journal journal) {
        this.control = control;
        this.store = store;
        this.run = run;
        this.journal = journal;
    }

    /** The version's number, if it is published already. */
    Optional<String> known() {
        return journal.ledger().published(ARM).map(LedgerEntry::version);
    }

    /** Publishes it unless it is published, and waits until it is active. @throws Conflicted if that does not come about */
    FunctionConfiguration publish(int memoryMB, Patience patience, Duration stepTime) {
        Arm arm = new Arm(ARM, memoryMB, null, null);
        VersionWindow window = new VersionWindow(control, store, run, journal, false);
        window.publish(List.of(arm), patience.shortenedBy(stepTime.dividedBy(RESTORE_SHARE)), patience);
        String version = known().orElseThrow(() -> new Conflicted("no version of " + run.function() + " with "
                + memoryMB + " MB and its own log level could be published, so nothing is promoted. Tune again"));
        return active(version, patience);
    }

    private FunctionConfiguration active(String version, Patience patience) {
        for (; ; patience.pause("version " + version + " to become active", LOOK_EVERY)) {
            FunctionConfiguration now =
                    patience.read("reading version " + version, () -> control.configuration(run.function(), version));
            if (now.isActive()) {
                return now;
            }
            if (now.state().equals("Failed")) {
                throw new OutOfTime(
                        "version " + version + " of " + run.function() + " did not start: " + now.lastUpdateReason());
            }
        }
    }
}
