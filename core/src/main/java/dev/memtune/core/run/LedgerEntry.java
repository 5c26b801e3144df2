// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import org.jspecify.annotations.Nullable;

/**
 * What a run is about to change or has changed. An intent is written before the call, its confirmation after it; an intent
 * without a confirmation means that nobody knows whether the call took effect.
 *
 * @param kind what
 * @param armId the arm concerned; null if none is
 * @param memoryMB the memory size concerned; null if none is
 * @param version the version concerned; null if none is
 * @param alias the alias concerned; null if none is
 * @param marker the description that marks a version as ours; null if none does
 * @param revisionId the revision the change rests on or brought about; null if unknown
 */
public record LedgerEntry(
        Kind kind,
        @Nullable String armId,
        @Nullable Integer memoryMB,
        @Nullable String version,
        @Nullable String alias,
        @Nullable String marker,
        @Nullable String revisionId) {

    /** What an entry is about. */
    public enum Kind {
        /** About to take the lease. */
        LEASE_INTENT,
        /** The lease was taken. */
        LEASE_TAKEN,
        /** About to set {@code $LATEST}'s memory size to a trial value. */
        MEMORY_INTENT,
        /** {@code $LATEST} was given a trial memory size. */
        MEMORY_SET,
        /** About to publish a version with this marker. */
        PUBLISH_INTENT,
        /** A version was published, ours if its description is the marker. */
        PUBLISHED,
        /** About to create an alias of ours. */
        ALIAS_INTENT,
        /** Our alias was created. */
        ALIAS_CREATED,
        /** About to give {@code $LATEST} its own memory size back. */
        RESTORE_INTENT,
        /** {@code $LATEST} has its own memory size back, or the latest foreign one. */
        RESTORED,
        /** {@code $LATEST} bears the best size for good: what was asked for instead of moving an alias. */
        APPLIED,
        /** About to let asynchronous invocations of an alias of ours run once. */
        RETRIES_INTENT,
        /** They run once. */
        RETRIES_STOPPED,
        /** A version that an earlier run promoted and that no rollback goes back to any more. */
        SUPERSEDED,
        /** About to move the user's alias. */
        PROMOTE_INTENT,
        /** The user's alias was moved. */
        PROMOTED,
        /** About to delete an alias of ours. */
        ALIAS_DELETE_INTENT,
        /** Our alias is gone. */
        ALIAS_DELETED,
        /** About to delete a version of ours. */
        VERSION_DELETE_INTENT,
        /** Our version is gone. */
        VERSION_DELETED,
        /** About to release the lease. */
        LEASE_RELEASE_INTENT,
        /** The lease was released. */
        LEASE_RELEASED,
        /** Nothing of this run is left to undo. */
        CLEANED
    }

    /** An entry about {@code $LATEST}'s memory size. */
    public static LedgerEntry memory(Kind kind, @Nullable String armId, int memoryMB, @Nullable String revisionId) {
        return new LedgerEntry(kind, armId, memoryMB, null, null, null, revisionId);
    }

    /** An entry about a version. */
    public static LedgerEntry version(Kind kind, Arm arm, @Nullable String version, @Nullable String marker) {
        return new LedgerEntry(kind, arm.id(), arm.memoryMB(), version, arm.alias(), marker, null);
    }

    /** An entry about an alias and the version that it points to. */
    public static LedgerEntry alias(Kind kind, @Nullable String armId, String alias, @Nullable String version) {
        return new LedgerEntry(kind, armId, null, version, alias, null, null);
    }

    /** An entry that says everything by its kind. */
    public static LedgerEntry of(Kind kind) {
        return new LedgerEntry(kind, null, null, null, null, null, null);
    }
}
