// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import java.time.Duration;
import java.util.Objects;

/**
 * Something is not done yet.
 *
 * @param look what is to be looked at again
 * @param after in how long, at most {@link ProvisionerLimits#pauseMax}
 */
public record Later(Look look, Duration after) {
    /** Checks that nothing is null. */
    public Later {
        Objects.requireNonNull(look, "look");
        Objects.requireNonNull(after, "after");
    }
}
