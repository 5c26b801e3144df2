// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.UploadContent;
import dev.memtune.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Makes the state machine's input for an algorithm: what its {@code metadata.json} says, its test events, and the alias that
 * is to be moved.
 *
 * @param alias the alias to move, such as {@code prod}
 */
public record StartInput(String alias) {
    /** The members of {@code metadata.json} that are passed on, and what the state machine calls them. */
    private static final Map<String, String> PASSED_ON =
            Map.of("memoryValues", "powerValues", "num", "num", "strategy", "strategy", "policy", "policy");

    /**
     * The input as JSON.
     *
     * @throws IllegalArgumentException if the item has no content: then it cannot be ready
     */
    String of(AlgorithmItem item) {
        UploadContent content = item.content();
        if (content == null) {
            throw new IllegalArgumentException(item.name() + " is ready and has no content; its item was not written by"
                    + " Memtune");
        }
        ObjectNode input = Json.mapper().createObjectNode();
        input.put("lambdaARN", item.name());
        input.put("payloadS3", content.payloads());
        input.put("autoOptimize", true);
        input.put("autoOptimizeAlias", alias);
        JsonNode metadata = Json.tree(content.metadata().getBytes(StandardCharsets.UTF_8));
        PASSED_ON.forEach((name, wireName) -> {
            if (metadata.hasNonNull(name)) {
                input.set(wireName, metadata.get(name));
            }
        });
        return Json.write(input);
    }
}
