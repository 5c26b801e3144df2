// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An asynchronous invocation that was given up.
 *
 * @param event the event as it was last tried
 * @param condition why: {@code RetriesExhausted}, {@code EventAgeExceeded}, {@code ZeroReservedConcurrency} or
 *     {@code FunctionDeleted}
 * @param lastError the last answer of the function, or of the service; empty if it was never tried
 * @param endedAt when it was given up
 * @param destination where AWS would have sent it, if anywhere; of destinations there are only functions here
 */
record DeadEvent(QueuedEvent event, String condition, String lastError, Instant endedAt, Optional<String> destination) {
    DeadEvent {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(lastError, "lastError");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(destination, "destination");
    }
}
