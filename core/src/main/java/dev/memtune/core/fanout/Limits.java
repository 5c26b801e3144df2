// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.fanout;

import java.time.Instant;
import java.util.Objects;

/**
 * The bounds of a fan-out.
 *
 * @param parallelism the most calls at once, at least 1
 * @param deadline when calls still under way are interrupted
 * @param failOnTimeout whether a passed deadline fails the whole ({@link FanOutTimeout}), or is a result of its calls
 */
public record Limits(int parallelism, Instant deadline, boolean failOnTimeout) {
    /** @throws IllegalArgumentException if the parallelism is below 1 */
    public Limits {
        Objects.requireNonNull(deadline, "deadline");
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be at least 1, got: " + parallelism);
        }
    }
}
