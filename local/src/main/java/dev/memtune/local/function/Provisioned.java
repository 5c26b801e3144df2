// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Instant;
import java.util.Objects;

/**
 * The provisioned concurrency of a version or alias.
 *
 * @param requested environments that are to be ready, 1 or more
 * @param lastModified when it was set
 * @param readyAt when they are allocated: {@code IN_PROGRESS} before, {@code READY} after
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html">Provisioned concurrency</a>
 */
public record Provisioned(int requested, Instant lastModified, Instant readyAt) {
    /** @throws IllegalArgumentException if nothing is requested */
    public Provisioned {
        if (requested < 1) {
            throw new IllegalArgumentException("requested must be 1 or more, got: " + requested);
        }
        Objects.requireNonNull(lastModified, "lastModified");
        Objects.requireNonNull(readyAt, "readyAt");
    }

    /** Whether the environments are ready. */
    public boolean isReady(Instant now) {
        return !now.isBefore(readyAt);
    }
}
