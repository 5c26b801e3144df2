// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The time in which {@code $LATEST} bears trial sizes: opened by the first, closed by giving it its own size back. */
public final class VersionWindow {
    private final RunStore store;
    private final Run run;
    private final Journal journal;
    private final LatestMemory latest;
    private final Publication publication;
    private final boolean onTrial;

    /** @param onTrial whether the versions are to be measured; else they are the function's own but for their size */
    public VersionWindow(FunctionControl control, RunStore store, Run run, Journal journal, boolean onTrial) {
        this.store = store;
        this.run = run;
        this.journal = journal;
        this.onTrial = onTrial;
        this.latest = new LatestMemory(control, run, journal);
        this.publication = new Publication(control, run, journal, latest);
    }

    /**
     * Publishes what is missing and closes the window, whatever happens.
     *
     * @param working how long to go on
     * @param closing how long to try to restore
     * @return whether nothing is missing any more
     */
    public boolean publish(List<Arm> arms, Patience working, Patience closing) {
        List<Arm> missing = missing(arms);
        if (missing.isEmpty() && journal.ledger().trialSizes().isEmpty()) {
            return true;
        }
        boolean complete;
        try {
            complete = publishMissing(missing, working);
        } catch (RuntimeException e) {
            closeAfter(e, closing);
            throw e;
        }
        close(closing);
        if (latest.hasRevisionMoved()) {
            publication.refuseForeignVersions(closing);
        }
        return complete;
    }

    /** What AWS said of the versions that were published just now, by arm. */
    public Map<String, FunctionConfiguration> answers() {
        return publication.answers();
    }

    private List<Arm> missing(List<Arm> arms) {
        Ledger ledger = journal.ledger();
        Set<String> infeasible =
                store.infeasible(run.runId()).stream().map(Infeasible::armId).collect(Collectors.toSet());
        return arms.stream()
                .filter(arm -> ledger.published(arm.id()).isEmpty())
                .filter(arm -> !infeasible.contains(arm.id()))
                .toList();
    }

    private boolean publishMissing(List<Arm> missing, Patience patience) {
        try {
            FunctionConfiguration now = latest.settled(patience);
            requireExpected(now);
            for (Arm arm : PublishOrder.of(missing, now.memoryMB(), journal.ledger())) {
                now = publish(arm, now, patience);
            }
            return true;
        } catch (OutOfTime e) {
            return false;
        }
    }

    /** Publishes one arm; returns what the next change may rest on. */
    private FunctionConfiguration publish(Arm arm, FunctionConfiguration before, Patience patience) {
        FunctionConfiguration now = before;
        if (publication.isStale(now)) {
            now = latest.settled(patience);
            publication.requireUnchanged(before, now);
        }
        if (!setting(arm).isOf(now)) {
            try {
                now = latest.tryOut(arm.id(), setting(arm), now, patience);
            } catch (LambdaFault.Refused e) {
                store.putInfeasible(
                        run.runId(), new Infeasible(arm.id(), arm.memoryMB(), Infeasible.Reason.REFUSED, message(e)));
                return now;
            }
        }
        return publication.publish(arm, now, patience);
    }

    private LatestMemory.Setting setting(Arm arm) {
        return onTrial ? latest.trial(arm.memoryMB()) : latest.own(arm.memoryMB());
    }

    private static String message(LambdaFault.Refused refused) {
        return refused.code() + ": " + refused.getMessage();
    }

    private void requireExpected(FunctionConfiguration now) {
        boolean untouched = !journal.ledger().hasChanges();
        if (untouched && !Objects.equals(now.revisionId(), run.before().revisionId())) {
            throw new Conflicted(run.function() + " was changed or published while the run began; nothing was touched,"
                    + " start again");
        }
        String difference = latest.foreignDifference(run.before(), now);
        boolean ours = now.memoryMB() == run.before().memoryMB()
                || journal.ledger().trialSizes().contains(now.memoryMB());
        if (difference != null || !ours) {
            String what = difference == null ? "memory size" : difference;
            throw new Conflicted("somebody else changed the " + what + " of " + run.function()
                    + " since the run began; their change stands. Tune again when nobody deploys it");
        }
    }

    private void closeAfter(RuntimeException failure, Patience patience) {
        try {
            close(patience);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void close(Patience patience) {
        if (!journal.ledger().trialSizes().isEmpty()) {
            latest.undo(patience);
        }
    }
}
