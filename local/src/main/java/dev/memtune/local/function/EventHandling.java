// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How asynchronous invocations of a function, version or alias are handled: AWS's EventInvokeConfig.
 *
 * @param maximumRetryAttempts 0 to 2, Lambda's default if empty
 * @param maximumAgeSeconds 60 to 21,600, Lambda's default if empty
 * @param onSuccess the destination's ARN for results, if any
 * @param onFailure the destination's ARN for events that failed or were too old, if any
 * @param lastModified when it was set
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">Error handling for
 *     asynchronous invocation</a>
 */
public record EventHandling(
        Optional<Integer> maximumRetryAttempts,
        Optional<Integer> maximumAgeSeconds,
        Optional<String> onSuccess,
        Optional<String> onFailure,
        Instant lastModified) {

    /** Lambda's default number of retries after a function error. */
    public static final int DEFAULT_RETRY_ATTEMPTS = 2;

    /** Lambda's default, and longest, age of an event. */
    public static final int DEFAULT_MAXIMUM_AGE_SECONDS = 21_600;

    /** Checks that nothing is null. */
    public EventHandling {
        Objects.requireNonNull(maximumRetryAttempts, "maximumRetryAttempts");
        Objects.requireNonNull(maximumAgeSeconds, "maximumAgeSeconds");
        Objects.requireNonNull(onSuccess, "onSuccess");
        Objects.requireNonNull(onFailure, "onFailure");
        Objects.requireNonNull(lastModified, "lastModified");
    }

    /** What holds where nothing is configured. */
    public static EventHandling defaults() {
        return new EventHandling(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH);
    }

    /** How often an event is retried after a function error. */
    public int retryAttempts() {
        return maximumRetryAttempts.orElse(DEFAULT_RETRY_ATTEMPTS);
    }

    /** How long an event is kept. */
    public Duration maximumAge() {
        return Duration.ofSeconds(maximumAgeSeconds.orElse(DEFAULT_MAXIMUM_AGE_SECONDS));
    }
}
