// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A creation or an update of {@code $LATEST} that is not complete yet.
 *
 * @param endsAt when it completes
 * @param revisionIdAfter the RevisionId from then on: completion changes it
 * @param previous what is still being served; empty for a creation, whose function cannot be invoked yet
 */
public record Transition(Instant endsAt, String revisionIdAfter, Optional<Deployment> previous) {
    /** Checks that nothing is null. */
    public Transition {
        Objects.requireNonNull(endsAt, "endsAt");
        Objects.requireNonNull(revisionIdAfter, "revisionIdAfter");
        Objects.requireNonNull(previous, "previous");
    }
}
