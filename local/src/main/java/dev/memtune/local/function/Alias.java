// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;
import java.util.Optional;

/**
 * A name for a version.
 *
 * @param name unique within the function, not all digits
 * @param version {@code $LATEST} or a number
 * @param description up to 256 characters, empty if none
 * @param canary the second version that takes part of the traffic, if any
 * @param revisionId changes with every update of the alias
 */
public record Alias(String name, String version, String description, Optional<Canary> canary, String revisionId) {
    /** Checks that nothing is null. */
    public Alias {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(canary, "canary");
        Objects.requireNonNull(revisionId, "revisionId");
    }

    /**
     * A weighted alias's second version.
     *
     * @param version its number
     * @param weight the share of invocations it takes, 0 to 1
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html">Alias routing</a>
     */
    public record Canary(String version, double weight) {
        /** Checks that nothing is null. */
        public Canary {
            Objects.requireNonNull(version, "version");
        }
    }

    /**
     * The version that an invocation goes to.
     *
     * @param draw uniform in [0, 1)
     */
    public String route(double draw) {
        return canary.filter(c -> draw < c.weight()).map(Canary::version).orElse(version);
    }

    boolean refersTo(String other) {
        return version.equals(other)
                || canary.map(Canary::version).filter(other::equals).isPresent();
    }
}
