// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Instant;
import java.util.Objects;

/**
 * A published version: it never changes.
 *
 * @param number 1 and up, never used again
 * @param configuration the configuration, with the version's own description
 * @param code the code
 * @param sourceDescription {@code $LATEST}'s description when this was published, for de-duplication
 * @param revisionId its RevisionId
 * @param lastModified when {@code $LATEST} was last changed before this was published
 * @param activeAt when it stops being Pending
 */
public record Version(
        int number,
        Configuration configuration,
        Code code,
        String sourceDescription,
        String revisionId,
        Instant lastModified,
        Instant activeAt) {
    /** Checks that nothing is null. */
    public Version {
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(sourceDescription, "sourceDescription");
        Objects.requireNonNull(revisionId, "revisionId");
        Objects.requireNonNull(lastModified, "lastModified");
        Objects.requireNonNull(activeAt, "activeAt");
    }

    /** Whether it cannot be invoked yet. */
    public boolean isPending(Instant now) {
        return now.isBefore(activeAt);
    }

    boolean isPublishedFrom(Deployment deployment) {
        return code.equals(deployment.code())
                && configuration.withDescription(sourceDescription).equals(deployment.configuration());
    }
}
