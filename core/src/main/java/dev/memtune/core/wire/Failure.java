// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * What a Catch of the state machine puts into the state.
 *
 * @param error the error's name: an exception's class name, or {@code States.…}
 * @param cause the error document of the function, or a text
 */
public record Failure(
        @JsonProperty("Error") String error,
        @JsonProperty("Cause") String cause) {
    /** Checks that nothing is null. */
    public Failure {
        Objects.requireNonNull(error, "Error");
        Objects.requireNonNull(cause, "Cause");
    }
}
