// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Duration;

/** Brings a message back later, at least once: for whoever may not wait. */
@FunctionalInterface
public interface Reminder {
    /**
     * Sends the message on its way.
     *
     * @param message text, at most 256 KB
     * @param after in how long, at most 15 minutes
     * @throws LambdaFault if it was not sent, or if nobody knows; sending it again is safe
     */
    void remind(String message, Duration after);
}
