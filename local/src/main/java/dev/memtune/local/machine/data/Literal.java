// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;

/** A value that stands in the definition itself. */
public record Literal(JsonNode value) implements Expression {
    @Override
    public JsonNode evaluate(Frame frame) {
        return value;
    }
}
