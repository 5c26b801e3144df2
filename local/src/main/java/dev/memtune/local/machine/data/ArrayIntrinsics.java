// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;

/** Functions that make or read arrays; see {@link Intrinsic}. */
final class ArrayIntrinsics {
    private static final int MAX_RANGE = 1_000;

    private ArrayIntrinsics() {}

    static JsonNode array(Arguments arguments) {
        return Json.MAPPER.createArrayNode().addAll(arguments.values());
    }

    static JsonNode partition(Arguments arguments) {
        int size = arguments.integer(1);
        if (size < 1) {
            throw arguments.failure("the chunk size must be positive, got " + size);
        }
        ArrayNode chunks = Json.MAPPER.createArrayNode();
        ArrayNode source = arguments.array(0);
        for (int i = 0; i < source.size(); i++) {
            ArrayNode chunk = i % size == 0 ? chunks.addArray() : (ArrayNode) chunks.get(chunks.size() - 1);
            chunk.add(source.get(i));
        }
        return chunks;
    }

    static JsonNode contains(Arguments arguments) {
        return BooleanNode.valueOf(contains(arguments.array(0), arguments.value(1)));
    }

    private static boolean contains(ArrayNode array, JsonNode wanted) {
        return array.valueStream().anyMatch(element -> Json.same(element, wanted));
    }

    /** First and last element are both included. */
    static JsonNode range(Arguments arguments) {
        long first = arguments.integer(0);
        long last = arguments.integer(1);
        long step = arguments.integer(2);
        if (step == 0) {
            throw arguments.failure("the increment must not be 0");
        }
        long count = Math.max(0, (last - first) / step + ((last - first) * step >= 0 ? 1 : 0));
        if (count > MAX_RANGE) {
            throw arguments.failure("the range must have at most " + MAX_RANGE + " elements, got " + count);
        }
        ArrayNode range = Json.MAPPER.createArrayNode();
        for (int i = 0; i < count; i++) {
            range.add((int) (first + i * step));
        }
        return range;
    }

    static JsonNode item(Arguments arguments) {
        int index = arguments.integer(1);
        ArrayNode array = arguments.array(0);
        if (index < 0 || index >= array.size()) {
            throw arguments.failure("index " + index + " is outside the array of " + array.size() + " element(s)");
        }
        return array.get(index);
    }

    static JsonNode length(Arguments arguments) {
        return IntNode.valueOf(arguments.array(0).size());
    }

    static JsonNode unique(Arguments arguments) {
        ArrayNode unique = Json.MAPPER.createArrayNode();
        for (JsonNode element : arguments.array(0)) {
            if (!contains(unique, element)) {
                unique.add(element);
            }
        }
        return unique;
    }
}
