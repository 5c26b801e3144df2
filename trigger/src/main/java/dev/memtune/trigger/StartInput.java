// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmSettings;
import dev.memtune.core.registry.UploadContent;
import dev.memtune.core.wire.Json;

/**
 * Makes the state machine's input for an algorithm: what its {@code metadata.json} says, its test events, and the alias that
 * is to be moved.
 *
 * @param alias the alias to move, such as {@code prod}
 */
public record StartInput(String alias) {
    /**
     * The input as JSON.
     *
     * @throws IllegalStateException if the item has no content: then it cannot be ready
     */
    String of(AlgorithmItem item) {
        UploadContent content = item.deployable();
        ObjectNode input = Json.mapper().createObjectNode();
        input.put("lambdaARN", item.name());
        input.put("payloadS3", content.payloads());
        input.put("autoOptimize", true);
        input.put("autoOptimizeAlias", alias);
        input.put("waitForTurn", true);
        AlgorithmSettings settings = content.settings();
        if (!settings.memoryValues().isEmpty()) {
            settings.memoryValues().forEach(input.putArray("powerValues")::add);
        }
        if (settings.num() != null) {
            input.put("num", settings.num());
        }
        if (settings.strategy() != null) {
            input.put("strategy", settings.strategy().wireName());
        }
        if (settings.policy() != null) {
            input.put("policy", settings.policy());
        }
        return Json.write(input);
    }
}
