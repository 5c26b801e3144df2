// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.time.Duration;

/**
 * How long an asynchronous invocation waits before it is tried again.
 *
 * @param afterFirstError after the function's first error
 * @param afterSecondError after its second one
 * @param throttled after the first throttle or service error; doubled each time
 * @param throttledMost what doubling ends at
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">Error handling for
 *     asynchronous invocation</a>
 */
public record RetryDelays(
        Duration afterFirstError, Duration afterSecondError, Duration throttled, Duration throttledMost) {
    /** AWS's: one minute, two minutes; from one second to five minutes. */
    public static final RetryDelays DEFAULTS =
            new RetryDelays(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if one is negative */
    public RetryDelays {
        if (afterFirstError.isNegative()
                || afterSecondError.isNegative()
                || throttled.isNegative()
                || throttledMost.isNegative()) {
            throw new IllegalArgumentException("delays must not be negative, got: " + afterFirstError + ", "
                    + afterSecondError + ", " + throttled + ", " + throttledMost);
        }
    }

    /** The wait after so many errors of the function. */
    Duration afterErrors(int errors) {
        return errors <= 1 ? afterFirstError : afterSecondError;
    }

    /** The wait after so many throttles in a row. */
    Duration afterThrottles(int throttles) {
        Duration doubled = throttled.multipliedBy(1L << Math.clamp(throttles - 1, 0, 20));
        return doubled.compareTo(throttledMost) < 0 ? doubled : throttledMost;
    }
}
