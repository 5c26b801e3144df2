// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Failure;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.RunRef;
import java.util.ArrayList;
import java.util.List;
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
        return text("runId")
                .or(() -> member("run", RunRef.class).map(RunRef::runId))
                .orElseGet(() -> RunIds.of(executionId));
    }

    /** How the function is called, or empty if that is not known. */
    Optional<String> function() {
        return text("function").or(() -> member("run", RunRef.class).map(RunRef::function));
    }

    /** What Clean left, one sentence each; empty if it left nothing or did not come to its end. */
    List<String> dirty() {
        List<String> left = new ArrayList<>();
        members.path("dirty").forEach(one -> left.add(one.asText()));
        return left;
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
    String where(boolean isMeasured) {
        if (members.hasNonNull("decision")) {
            return "Promote";
        }
        if (isMeasured) {
            return "Measure or Analyze";
        }
        return function().isEmpty() ? "Initialize" : "Initialize, Publish or the first call of Measure";
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(members.path(name).textValue());
    }

    private <T> Optional<T> member(String name, Class<T> type) {
        JsonNode node = members.path(name);
        return node.isObject() ? Optional.of(Json.read(node.toString(), type)) : Optional.empty();
    }
}
