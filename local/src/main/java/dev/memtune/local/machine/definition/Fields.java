// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object of a definition. What is wrong goes to the findings and reads as absent; a field that
 * nobody asked for is unknown.
 */
final class Fields {
    private static final String JSONATA = "belongs to JSONata; only JSONPath is supported";
    private static final String DISTRIBUTED = "belongs to distributed maps; only inline maps are supported";
    private static final Map<String, String> UNSUPPORTED = Map.ofEntries(
            Map.entry("Assign", "variables are not supported"),
            Map.entry("Arguments", JSONATA),
            Map.entry("Output", JSONATA),
            Map.entry("Items", JSONATA),
            Map.entry("Condition", JSONATA),
            Map.entry("ItemReader", DISTRIBUTED),
            Map.entry("ItemBatcher", DISTRIBUTED),
            Map.entry("ResultWriter", DISTRIBUTED),
            Map.entry("Label", DISTRIBUTED),
            Map.entry("ToleratedFailureCount", DISTRIBUTED),
            Map.entry("ToleratedFailureCountPath", DISTRIBUTED),
            Map.entry("ToleratedFailurePercentage", DISTRIBUTED),
            Map.entry("ToleratedFailurePercentagePath", DISTRIBUTED),
            Map.entry("HeartbeatSeconds", "heartbeats are not supported; use TimeoutSeconds"),
            Map.entry("HeartbeatSecondsPath", "heartbeats are not supported; use TimeoutSecondsPath"),
            Map.entry("Credentials", "cross-account roles are not supported"));

    private final ObjectNode json;
    private final String where;
    private final Findings findings;
    private final Set<String> asked = new HashSet<>(Set.of("Comment"));

    Fields(ObjectNode json, String where, Findings findings) {
        this.json = json;
        this.where = where;
        this.findings = findings;
    }

    String where() {
        return where;
    }

    Findings findings() {
        return findings;
    }

    void problem(String what) {
        findings.problem(where, what);
    }

    boolean has(String name) {
        asked.add(name);
        return json.has(name);
    }

    @Nullable
    JsonNode node(String name) {
        asked.add(name);
        return json.get(name);
    }

    @Nullable
    String text(String name) {
        JsonNode node = node(name);
        if (node != null && !node.isTextual()) {
            problem("'" + name + "' must be a string, got: " + node);
            return null;
        }
        return node == null ? null : node.textValue();
    }

    /** The text, or an empty one with a problem when it is not there. */
    String requiredText(String name) {
        if (!has(name)) {
            problem("'" + name + "' is missing");
        }
        String text = text(name);
        return text == null ? "" : text;
    }

    @Nullable
    ObjectNode object(String name) {
        JsonNode node = node(name);
        if (node == null || node instanceof ObjectNode) {
            return (ObjectNode) node;
        }
        problem("'" + name + "' must be an object, got: " + node);
        return null;
    }

    @Nullable
    ArrayNode array(String name) {
        JsonNode node = node(name);
        if (node == null || node instanceof ArrayNode) {
            return (ArrayNode) node;
        }
        problem("'" + name + "' must be an array, got: " + node);
        return null;
    }

    /** A whole number within limits, or the default. */
    long number(String name, long min, long max, long otherwise) {
        JsonNode node = node(name);
        if (node == null) {
            return otherwise;
        }
        if (!node.canConvertToExactIntegral() || node.longValue() < min || node.longValue() > max) {
            problem("'" + name + "' must be a whole number from " + min + " to " + max + ", got: " + node);
            return otherwise;
        }
        return node.longValue();
    }

    /** What a parser makes of the text; null with a problem when it cannot. */
    <T> @Nullable T parsed(String name, Function<String, T> parser) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problem("'" + name + "': " + e.getMessage());
            return null;
        }
    }

    /** A number in a field or at the path in the field of the same name with Path; null if neither is there. */
    @Nullable
    Quantity quantity(String name, long min) {
        Path path = parsed(name + "Path", Path::parse);
        boolean isFixed = has(name);
        if (isFixed && path != null) {
            problem("'" + name + "' and '" + name + "Path' exclude each other; remove one");
        }
        if (path != null) {
            return new Quantity.At(path);
        }
        return isFixed ? new Quantity.Fixed(number(name, min, Quantity.MAX, min)) : null;
    }

    /** The fields of an object in an array; null with a problem when it is something else. */
    @Nullable
    Fields element(String array, int index, JsonNode node) {
        String place = where + ", " + array + "[" + index + "]";
        if (node instanceof ObjectNode object) {
            return new Fields(object, place, findings);
        }
        findings.problem(place, "must be an object, got: " + node);
        return null;
    }

    void refuseUnknown() {
        json.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                String why = UNSUPPORTED.getOrDefault(name, "this is not a field that is known here");
                problem("'" + name + "' is refused: " + why);
            }
        });
    }
}
