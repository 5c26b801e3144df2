// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Frame;
import dev.memtune.local.machine.data.Path;
import dev.memtune.local.machine.data.StateFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** How long a Wait waits. */
public sealed interface Delay {
    /** The time left from {@code now}; zero if it is over. */
    Duration from(Instant now, Frame frame);

    /** Seconds or SecondsPath. */
    record Seconds(Quantity seconds) implements Delay {
        @Override
        public Duration from(Instant now, Frame frame) {
            return Duration.ofSeconds(seconds.value(frame, 0));
        }
    }

    /** Timestamp. */
    record Until(Instant time) implements Delay {
        @Override
        public Duration from(Instant now, Frame frame) {
            return left(now, time);
        }
    }

    /** TimestampPath. */
    record UntilAt(Path path) implements Delay {
        @Override
        public Duration from(Instant now, Frame frame) {
            JsonNode node = path.evaluate(frame);
            try {
                return left(now, OffsetDateTime.parse(node.asText()).toInstant());
            } catch (DateTimeParseException e) {
                throw StateFailure.runtime("'" + path.text()
                        + "' must hold a timestamp such as 2026-03-14T01:59:00Z, got: " + node + " (" + e.getMessage()
                        + ")");
            }
        }
    }

    private static Duration left(Instant now, Instant time) {
        return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
    }
}
