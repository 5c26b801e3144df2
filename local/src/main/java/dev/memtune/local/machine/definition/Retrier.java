// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When and how often a state is tried again. Defaults and ranges: <a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in Step
 * Functions workflows</a>.
 *
 * @param errors which errors
 * @param interval before the first retry, at least a second
 * @param maxAttempts retries, 0 for none
 * @param backoffRate by how much the interval grows each time, at least 1
 * @param maxDelay upper bound of the interval; null for none
 * @param hasFullJitter true takes a random time from zero to the interval instead of the interval
 */
public record Retrier(
        ErrorMatcher errors,
        Duration interval,
        int maxAttempts,
        double backoffRate,
        @Nullable Duration maxDelay,
        boolean hasFullJitter) {
    /** Longest delay, so that an interval that grows without bound stays a duration. */
    private static final double MAX_DELAY_SECONDS = 31_622_400;

    /**
     * The time to wait before a retry.
     *
     * @param retriesDone how many this retrier has granted before
     */
    public Duration delay(int retriesDone, RandomGenerator random) {
        double seconds = interval.toSeconds() * Math.pow(backoffRate, retriesDone);
        double bound = maxDelay == null ? MAX_DELAY_SECONDS : maxDelay.toSeconds();
        double capped = Math.min(seconds, bound);
        return Duration.ofMillis(Math.round(1000 * (hasFullJitter ? capped * random.nextDouble() : capped)));
    }
}
