// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Failure;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.RunRef;
import java.util.Optional;

/**
 * The state in which an execution ends, whatever step it failed in.
 *
 * @param executionId the execution
 * @param members of the state; any may be missing
 */
record EndState(String executionId, JsonNode members) {

    /** The run; if no step got as far as telling, the one that this execution would have. */
    String runId() {
        return member("run", RunRef.class).map(RunRef::runId).orElseGet(() -> RunIds.of(executionId));
    }

    /** How the function is called, or empty if that is not known. */
    Optional<String> function() {
        return member("run", RunRef.class).map(RunRef::function);
    }

    /** What failed before Clean. */
    Optional<Ending> failure() {
        return member("failure", Failure.class).map(Ending::of);
    }

    /** Why Clean failed. */
    Optional<Ending> cleanFailure() {
        return member("cleanFailure", Failure.class).map(Ending::of);
    }

    Optional<Promotion> promotion() {
        return member("promotion", Promotion.class);
    }

    /** The step that failed, as far as the state tells. */
    String where() {
        if (!members.hasNonNull("run")) {
            return "Initialize";
        }
        return members.hasNonNull("decision") ? "Promote" : "Publish, Measure or Analyze";
    }

    private <T> Optional<T> member(String name, Class<T> type) {
        JsonNode node = members.path(name);
        return node.isObject() ? Optional.of(Json.read(node.toString(), type)) : Optional.empty();
    }
}
