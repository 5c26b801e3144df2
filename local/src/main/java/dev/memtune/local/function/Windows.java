// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Duration;

/**
 * How long changes take. AWS does most of them within seconds.
 *
 * @param activation how long a new function or version is Pending; zero for no time
 * @param update how long LastUpdateStatus is InProgress after an update; zero for no time
 * @param snapshot how long a version with SnapStart is Pending; zero for no time
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html">Lambda function states</a>
 */
public record Windows(Duration activation, Duration update, Duration snapshot) {
    /** Changes that are complete at once. */
    public static final Windows NONE = new Windows(Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException if a window is negative */
    public Windows {
        if (activation.isNegative() || update.isNegative() || snapshot.isNegative()) {
            throw new IllegalArgumentException("windows must not be negative, got: activation " + activation
                    + ", update " + update + ", snapshot " + snapshot);
        }
    }

    /** Windows with snapshots that take as long as an activation. */
    public Windows(Duration activation, Duration update) {
        this(activation, update, activation);
    }
}
