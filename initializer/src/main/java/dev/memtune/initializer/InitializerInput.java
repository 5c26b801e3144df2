// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;

/**
 * What Initialize gets.
 *
 * @param execution the execution that this run belongs to
 * @param input what the user gave, unchecked
 */
public record InitializerInput(Execution execution, JsonNode input) {
    /** Checks that nothing is null. */
    public InitializerInput {
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(input, "input");
    }

    /**
     * The execution of the state machine.
     *
     * @param id its ARN
     * @param name its name
     * @param startedAt when it began
     */
    public record Execution(String id, String name, Instant startedAt) {
        /** Checks that nothing is null. */
        public Execution {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(startedAt, "startedAt");
        }
    }
}
