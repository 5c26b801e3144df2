// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import dev.memtune.core.run.LedgerEntry.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run's ledger says as a whole.
 *
 * @param entries in the order in which they were written
 */
public record Ledger(List<LedgerEntry> entries) {
    /** Copies the entries. */
    public Ledger {
        entries = List.copyOf(entries);
    }

    /** The version that an arm measures, whoever published it; empty if there is none. */
    public Optional<LedgerEntry> published(String armId) {
        return last(Kind.PUBLISHED, armId);
    }

    /** Whether asynchronous invocations of an arm's alias run once. */
    public boolean areRetriesStopped(String armId) {
        return last(Kind.RETRIES_STOPPED, armId).isPresent();
    }

    /** Our alias of an arm; empty if there is none. */
    public Optional<LedgerEntry> aliasCreated(String armId) {
        return last(Kind.ALIAS_CREATED, armId);
    }

    /** Versions of ours that are not known to be gone, each with its marker. */
    public Map<String, String> ownVersions() {
        Map<String, String> own = new LinkedHashMap<>();
        for (LedgerEntry entry : entries) {
            String version = entry.version();
            String marker = entry.marker();
            boolean isOurs = entry.kind() == Kind.PUBLISHED || entry.kind() == Kind.SUPERSEDED;
            if (isOurs && version != null && marker != null) {
                own.put(version, marker);
            } else if (entry.kind() == Kind.VERSION_DELETED && version != null) {
                own.remove(version);
            }
        }
        return own;
    }

    /** Names under which there may be an alias of ours; a deleted one may have come again by a call that was late. */
    public Set<String> possibleAliases() {
        return stream(Kind.ALIAS_INTENT)
                .map(LedgerEntry::alias)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Markers of publications that nobody knows the outcome of. */
    public Set<String> openMarkers() {
        Set<String> open = new LinkedHashSet<>();
        for (LedgerEntry entry : entries) {
            String marker = entry.marker();
            if (entry.kind() == Kind.PUBLISH_INTENT && marker != null) {
                open.add(marker);
            } else if (entry.kind() == Kind.PUBLISHED) {
                open.removeIf(intent -> intent.equals(marker) || Objects.equals(armOf(intent), entry.armId()));
            }
        }
        return open;
    }

    /** How often the run was about to publish. */
    public int publishIntentCount() {
        return (int) stream(Kind.PUBLISH_INTENT).count();
    }

    /** Trial sizes that {@code $LATEST} may bear now; empty if it was restored, or given its size for good, since. */
    public Set<Integer> trialSizes() {
        Set<Integer> sizes = new LinkedHashSet<>();
        sinceRestored().forEach(entry -> {
            Integer memoryMB = entry.memoryMB();
            if (entry.kind() == Kind.MEMORY_SET) {
                sizes.clear();
            }
            if (memoryMB != null && (entry.kind() == Kind.MEMORY_SET || entry.kind() == Kind.MEMORY_INTENT)) {
                sizes.add(memoryMB);
            }
        });
        return sizes;
    }

    /** The revision of the last trial change whose outcome nobody knows; empty if all are known. */
    public Optional<String> openMemoryRevision() {
        List<LedgerEntry> changes = sinceRestored()
                .filter(entry -> entry.kind() == Kind.MEMORY_INTENT || entry.kind() == Kind.MEMORY_SET)
                .toList();
        if (changes.isEmpty() || changes.getLast().kind() == Kind.MEMORY_SET) {
            return Optional.empty();
        }
        return Optional.ofNullable(changes.getLast().revisionId());
    }

    /** The revision of the last publication whose outcome nobody knows; empty if all are known. */
    public Optional<String> openPublishRevision() {
        Set<String> open = openMarkers();
        return stream(Kind.PUBLISH_INTENT)
                .filter(entry -> open.contains(String.valueOf(entry.marker())))
                .map(LedgerEntry::revisionId)
                .filter(Objects::nonNull)
                .reduce((first, second) -> second);
    }

    /** The last entry of a kind, or empty. */
    public Optional<LedgerEntry> last(Kind kind) {
        return stream(kind).reduce((first, second) -> second);
    }

    /** Whether there is an entry of a kind. */
    public boolean has(Kind kind) {
        return last(kind).isPresent();
    }

    /** The memory size that a version was published with, or empty if the ledger does not know. */
    public Optional<Integer> memoryOf(@Nullable String version) {
        return stream(Kind.PUBLISHED)
                .filter(entry -> version != null && version.equals(entry.version()))
                .map(LedgerEntry::memoryMB)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * Whether a creating call whose answer never came may still take effect. Others cannot: their revision is used up, or
     * the version that they refer to is gone.
     */
    public boolean hasCallsInFlight() {
        Set<String> gone = stream(Kind.VERSION_DELETED)
                .map(LedgerEntry::version)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        boolean alias = countKept(Kind.ALIAS_INTENT, gone) != countKept(Kind.ALIAS_CREATED, gone);
        boolean promotion = !has(Kind.PROMOTED)
                && last(Kind.PROMOTE_INTENT)
                        .filter(entry -> !has(Kind.VERSION_DELETED) || !wasOurs(entry.version()))
                        .isPresent();
        return promotion
                || alias
                || stream(Kind.LEASE_INTENT).count() != stream(Kind.LEASE_TAKEN).count();
    }

    /** Whether the last word on the lease is that it may be ours. */
    public boolean mayHoldLease() {
        List<Kind> words = entries.stream()
                .map(LedgerEntry::kind)
                .filter(kind -> kind == Kind.LEASE_INTENT || kind == Kind.LEASE_RELEASED)
                .toList();
        return !words.isEmpty() && words.getLast() == Kind.LEASE_INTENT;
    }

    private long countKept(Kind kind, Set<String> gone) {
        return stream(kind)
                .filter(entry -> !gone.contains(String.valueOf(entry.version())))
                .count();
    }

    private boolean wasOurs(@Nullable String version) {
        return stream(Kind.PUBLISHED)
                .anyMatch(entry -> version != null && version.equals(entry.version()) && entry.marker() != null);
    }

    /** Whether the run ever was about to change the function itself, its versions or its aliases. */
    public boolean hasChanges() {
        return entries.stream().anyMatch(entry -> switch (entry.kind()) {
            case MEMORY_INTENT, PUBLISH_INTENT, ALIAS_INTENT, PROMOTE_INTENT -> true;
            case LEASE_INTENT,
                    LEASE_TAKEN,
                    MEMORY_SET,
                    PUBLISHED,
                    ALIAS_CREATED,
                    RESTORE_INTENT,
                    RESTORED,
                    APPLIED,
                    RETRIES_INTENT,
                    RETRIES_STOPPED,
                    SUPERSEDED,
                    PROMOTED,
                    ALIAS_DELETE_INTENT,
                    ALIAS_DELETED,
                    VERSION_DELETE_INTENT,
                    VERSION_DELETED,
                    LEASE_RELEASE_INTENT,
                    LEASE_RELEASED,
                    CLEANED -> false;
        });
    }

    /** Whether nothing is left to undo. */
    public boolean isCleaned() {
        return !entries.isEmpty() && entries.getLast().kind() == Kind.CLEANED;
    }

    private @Nullable String armOf(String marker) {
        return stream(Kind.PUBLISH_INTENT)
                .filter(entry -> marker.equals(entry.marker()))
                .map(LedgerEntry::armId)
                .findFirst()
                .orElse(null);
    }

    private Stream<LedgerEntry> sinceRestored() {
        int from = 0;
        for (int i = 0; i < entries.size(); i++) {
            boolean isClosed =
                    entries.get(i).kind() == Kind.RESTORED || entries.get(i).kind() == Kind.APPLIED;
            from = isClosed ? i + 1 : from;
        }
        return new ArrayList<>(entries.subList(from, entries.size())).stream();
    }

    private Optional<LedgerEntry> last(Kind kind, String armId) {
        return stream(kind).filter(entry -> armId.equals(entry.armId())).reduce((first, second) -> second);
    }

    private Stream<LedgerEntry> stream(Kind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind);
    }
}
