// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.SearchPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tune} that say how invocations are made. */
final class ProcedureOptions {
    @Option(
            names = "--dry-run",
            description = "Does everything with one invocation per size, and decides and moves nothing.")
    private boolean dryRun;

    @Option(
            names = "--only-cold-starts",
            description = "Counts cold starts only: each invocation is the first of a version of its own.")
    private boolean onlyColdStarts;

    @Option(
            names = "--sleep",
            paramLabel = "MS",
            description = "The pause between two invocations of one size, where they do not overlap.")
    private @Nullable Integer sleepMs;

    @Option(
            names = "--pre-processor",
            paramLabel = "FUNCTION",
            description =
                    "Invoked before each invocation; its answer becomes the event. Never part of what is measured.")
    private @Nullable String preProcessor;

    @Option(
            names = "--post-processor",
            paramLabel = "FUNCTION",
            description = "Invoked with each answer. Never part of what is measured.")
    private @Nullable String postProcessor;

    /** Puts what these options say into an input. */
    ObjectNode applied(ObjectNode input) {
        ObjectNode members = members();
        boolean isSearch = SearchPolicy.of(input.path("policy").asText())
                .map(SearchPolicy::isSearch)
                .orElse(false);
        if (isSearch && (dryRun || onlyColdStarts)) {
            // They leave nothing to search, and who gave the option did not give the policy.
            input.remove("policy");
        }
        return input.setAll(members);
    }

    private ObjectNode members() {
        ObjectNode members = Json.mapper().createObjectNode();
        if (dryRun) {
            members.put("dryRun", true);
        }
        if (onlyColdStarts) {
            members.put("onlyColdStarts", true);
        }
        if (sleepMs != null) {
            members.put("sleepBetweenRunsMs", sleepMs);
        }
        if (preProcessor != null) {
            members.put("preProcessorARN", preProcessor);
        }
        if (postProcessor != null) {
            members.put("postProcessorARN", postProcessor);
        }
        return members;
    }
}
