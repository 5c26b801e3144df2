// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * What Clean gets.
 *
 * @param executionId the execution whose run is to be cleaned up
 * @param state the state so far, whatever it is; its failure, decision and promotion are handed on
 */
public record CleanerInput(String executionId, JsonNode state) {
    /** Checks that nothing is null. */
    public CleanerInput {
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(state, "state");
    }
}
