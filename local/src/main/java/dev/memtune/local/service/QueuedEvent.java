// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.time.Instant;
import java.util.Objects;

/**
 * An asynchronous invocation that was accepted and has not ended.
 *
 * @param requestId the same in every attempt
 * @param function the ARN as invoked, with the qualifier if one was named
 * @param payload the event; not copied, must not be changed
 * @param acceptedAt when it was accepted
 * @param attempts how often the function ran for it
 * @param throttles how often in a row it could not be run
 * @param dueAt when it is tried next
 */
record QueuedEvent(
        String requestId,
        String function,
        byte[] payload,
        Instant acceptedAt,
        int attempts,
        int throttles,
        Instant dueAt) {
    QueuedEvent {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(acceptedAt, "acceptedAt");
        Objects.requireNonNull(dueAt, "dueAt");
    }

    QueuedEvent failedOnce() {
        return new QueuedEvent(requestId, function, payload, acceptedAt, attempts + 1, 0, dueAt);
    }

    QueuedEvent throttledOnce() {
        return new QueuedEvent(requestId, function, payload, acceptedAt, attempts, throttles + 1, dueAt);
    }

    QueuedEvent dueAt(Instant time) {
        return new QueuedEvent(requestId, function, payload, acceptedAt, attempts, throttles, time);
    }
}
