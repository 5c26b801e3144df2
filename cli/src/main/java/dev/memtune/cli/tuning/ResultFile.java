// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;

/** What {@code --json} writes: the result with every sample, or why there is none. */
public final class ResultFile {
    private ResultFile() {}

    /** The document, one JSON object on several lines with a line end. */
    public static String of(TuningEnd end) {
        ObjectNode document = end.result()
                .map(result -> Json.mapper().<ObjectNode>valueToTree(result))
                .orElseGet(() -> Json.mapper().createObjectNode().put("runId", end.runId()));
        document.put("outcome", end.outcome().name());
        document.put("exitCode", end.outcome().exitCode());
        if (!end.cause().isEmpty()) {
            document.put("cause", end.cause());
        }
        document.set("samples", Json.mapper().valueToTree(end.samples()));
        return document.toPrettyString() + "\n";
    }
}
