// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;

/**
 * A configuration with its code, as execution environments of {@code $LATEST} are started from it.
 *
 * @param id changes with every update, and only then: environments of different deployments are never mixed
 * @param configuration the configuration
 * @param code the code
 */
public record Deployment(String id, Configuration configuration, Code code) {
    /** Checks that nothing is null. */
    public Deployment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(code, "code");
    }
}
