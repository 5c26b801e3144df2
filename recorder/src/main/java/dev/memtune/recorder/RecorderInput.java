// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * What Record is given.
 *
 * @param executionId the execution
 * @param state what Clean returned, or, with {@code cleanFailure}, the state before it; any member may be missing, because
 *     any step may have failed
 * @param afterwards whether the execution has ended already; then what it has recorded itself stays
 */
public record RecorderInput(String executionId, JsonNode state, boolean afterwards) {
    /** Checks that nothing is null. */
    public RecorderInput {
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(state, "state");
    }

    /** What Record is given as a state of the execution itself. */
    public RecorderInput(String executionId, JsonNode state) {
        this(executionId, state, false);
    }
}
