// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code $LATEST}.
 *
 * @param deployment what it is, or will be when the transition completes
 * @param revisionId its RevisionId
 * @param lastModified when it was last changed
 * @param transition the creation or update under way, if any
 */
public record Latest(Deployment deployment, String revisionId, Instant lastModified, Optional<Transition> transition) {
    /** Checks that nothing is null. */
    public Latest {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(revisionId, "revisionId");
        Objects.requireNonNull(lastModified, "lastModified");
        Objects.requireNonNull(transition, "transition");
    }

    /** Whether it was created a moment ago and cannot be invoked yet. */
    public boolean isPending() {
        return transition.isPresent() && transition.get().previous().isEmpty();
    }

    /** Whether an update is under way. */
    public boolean isUpdating() {
        return transition.isPresent() && transition.get().previous().isPresent();
    }

    /** What invocations run: the old deployment until an update completes. */
    public Deployment served() {
        return transition.flatMap(Transition::previous).orElse(deployment);
    }

    Latest settled(Instant now) {
        return transition
                .filter(t -> !now.isBefore(t.endsAt()))
                .map(t -> new Latest(deployment, t.revisionIdAfter(), lastModified, Optional.empty()))
                .orElse(this);
    }

    Latest withRevisionId(String newRevisionId) {
        return new Latest(deployment, newRevisionId, lastModified, transition);
    }
}
