// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Json;
import org.jspecify.annotations.Nullable;

/**
 * A line of states that follow each other: the execution itself, a Map iteration or a branch of a Parallel.
 *
 * @param scope what cancels it
 * @param label where it is, empty for the execution itself
 * @param mapContext the context object's Map; null outside of all iterations
 */
record Branch(Scope scope, String label, @Nullable JsonNode mapContext) {
    Branch iteration(Scope inner, String state, int index, JsonNode map) {
        return new Branch(inner, within(state, index), map);
    }

    Branch parallel(Scope inner, String state, int index) {
        return new Branch(inner, within(state, index), mapContext);
    }

    private String within(String state, int index) {
        return (label.isEmpty() ? "" : label + "/") + state + "[" + index + "]";
    }

    static ObjectNode mapContext(int index, JsonNode value) {
        ObjectNode map = Json.object();
        map.putObject("Item").put("Index", index).set("Value", value);
        return map;
    }
}
