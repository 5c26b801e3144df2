// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * One event that the function is tested with.
 *
 * @param name for tables and errors, such as the test file's name
 * @param payload the event
 * @param weight its share of the invocations relative to the others', more than 0
 */
public record NamedPayload(String name, JsonNode payload, double weight) {
    /** The name of the run's document with all payloads, a JSON list of these. */
    public static final String DOCUMENT = "payloads";

    /** @throws IllegalArgumentException if the weight is not a positive number */
    public NamedPayload {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(payload, "payload");
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight must be more than 0, got: " + weight);
        }
    }
}
