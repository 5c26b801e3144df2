// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Marker;
import dev.memtune.core.run.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes versions and knows them again by the marker in their own description. AWS answers with an older version if
 * nothing changed since that was published: it is measured, and it is not ours.
 */
final class Publication {
    /** <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html">TooManyRequestsException</a>. */
    private static final String SNAPSHOT_LIMIT = "ConcurrentSnapshotCreateLimitExceeded";

    private final FunctionControl control;
    private final Run run;
    private final Journal journal;
    private final LatestMemory latest;
    private final Map<String, FunctionConfiguration> answers = new HashMap<>();
    private @Nullable FunctionConfiguration publishedFrom;

    Publication(FunctionControl control, Run run, Journal journal, LatestMemory latest) {
        this.control = control;
        this.run = run;
        this.journal = journal;
        this.latest = latest;
    }

    /** What AWS said of the versions that were published just now, by arm. */
    Map<String, FunctionConfiguration> answers() {
        return Map.copyOf(answers);
    }

    /** Whether the revision of this read was used up by a publication. */
    boolean isStale(FunctionConfiguration read) {
        return read.equals(publishedFrom);
    }

    /** Publishes {@code base}, which is {@code $LATEST} as it was read. Returns it: its revision is stale now. */
    FunctionConfiguration publish(Arm arm, FunctionConfiguration base, Patience patience) {
        int nonce = journal.ledger().publishIntentCount() + 1;
        String marker = Marker.ofVersion(run.runId(), arm.memoryMB(), nonce);
        FunctionConfiguration from = base;
        for (int attempt = 0; attempt < Patience.ATTEMPTS_MAX; attempt++) {
            journal.append(intent(arm, marker, from));
            Optional<FunctionConfiguration> version = send(marker, from, patience);
            if (version.isEmpty()) {
                FunctionConfiguration now = latest.settled(patience);
                requireUnchanged(from, now);
                version = find(marker, patience);
                from = now;
            }
            if (version.isPresent()) {
                publishedFrom = from;
                confirm(arm, marker, from, version.get());
                return from;
            }
            patience.pause("publishing " + run.function(), attempt);
        }
        throw new OutOfTime("could not publish " + run.function());
    }

    private static LedgerEntry intent(Arm arm, String marker, FunctionConfiguration from) {
        return new LedgerEntry(Kind.PUBLISH_INTENT, arm.id(), arm.memoryMB(), null, null, marker, from.revisionId());
    }

    /** The version, or empty if it was not published or nobody knows. */
    private Optional<FunctionConfiguration> send(String marker, FunctionConfiguration from, Patience patience) {
        try {
            return Optional.of(patience.admitted(
                    "publishing " + run.function(),
                    () -> requireSnapshot(() ->
                            control.publishVersion(run.function(), from.codeSha256(), from.revisionId(), marker))));
        } catch (LambdaFault.Conflict | LambdaFault.PreconditionFailed | LambdaFault.OutcomeUnknown e) {
            return Optional.empty();
        } catch (LambdaFault.Refused e) {
            requireUnchanged(from, latest.settled(patience));
            throw e;
        }
    }

    /** At the limit of snapshots under way it takes minutes: not with a trial size in {@code $LATEST}. */
    private <T> T requireSnapshot(Supplier<T> publication) {
        try {
            return publication.get();
        } catch (LambdaFault.Throttled e) {
            if (e.reason().equals(SNAPSHOT_LIMIT)) {
                throw new OutOfTime(
                        "AWS makes no more snapshots of " + run.function() + " at the moment: " + e.getMessage());
            }
            throw e;
        }
    }

    private Optional<FunctionConfiguration> find(String marker, Patience patience) {
        List<FunctionConfiguration> versions = versions(patience);
        Optional<FunctionConfiguration> ours = versions.stream()
                .filter(version -> version.description().equals(marker))
                .findFirst();
        if (ours.isEmpty()) {
            refuseForeign(versions);
        }
        return ours;
    }

    private void confirm(Arm arm, String marker, FunctionConfiguration from, FunctionConfiguration version) {
        boolean ours = version.description().equals(marker) && isNew(version);
        journal.append(LedgerEntry.version(Kind.PUBLISHED, arm, version.version(), ours ? marker : null));
        if (!ours) {
            refuseForeign(List.of(version));
        }
        answers.put(arm.id(), version);
        if (version.memoryMB() != arm.memoryMB() || !version.hasSameCodeAndSettings(from)) {
            throw new Conflicted("version " + version.version() + " of " + run.function()
                    + " has other code or settings than were read: somebody else deployed meanwhile. Tune again when"
                    + " nobody deploys it");
        }
    }

    /** Refuses to go on if {@code $LATEST} was changed since it was read. */
    void requireUnchanged(FunctionConfiguration read, FunctionConfiguration now) {
        String difference = LatestMemory.difference(read, now);
        if (difference != null || now.memoryMB() != read.memoryMB()) {
            String what = difference == null ? "memory size" : difference;
            throw new Conflicted("somebody else changed the " + what + " of " + run.function()
                    + " while it was being tuned; their change stands. Tune again when nobody deploys it");
        }
    }

    /** Refuses to go on, and names the version, if somebody else published while a trial size was set. */
    void refuseForeignVersions(Patience patience) {
        refuseForeign(versions(patience));
    }

    private void refuseForeign(List<FunctionConfiguration> versions) {
        for (FunctionConfiguration version : versions) {
            if (isNew(version) && !version.description().startsWith(Marker.ofAlias(run.runId()))) {
                throw new Conflicted("somebody else published version " + version.version() + " of " + run.function()
                        + " while it was being tuned; it has " + version.memoryMB()
                        + " MB, which may be a trial size. Check it, and publish it again if it is");
            }
        }
    }

    private boolean isNew(FunctionConfiguration version) {
        return !version.version().equals(FunctionConfiguration.LATEST)
                && Integer.parseInt(version.version()) > run.highestVersion();
    }

    private List<FunctionConfiguration> versions(Patience patience) {
        return patience.read("listing versions of " + run.function(), () -> control.versions(run.function()));
    }
}
