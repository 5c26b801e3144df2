// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a result is put into a state's input. A reference path: names and indices only. Missing objects on the way are
 * made, missing array elements are not.
 */
public sealed interface ResultPath {
    /** The default: the result is the output. */
    ResultPath REPLACE = new Put(List.of());
    /** What a JSON null means: the input is the output. */
    ResultPath DISCARD = new Discard();

    /**
     * The input with the result in it; the input itself is not changed.
     *
     * @throws StateFailure States.ResultPathMatchFailure if there is no room for the result at that place
     */
    JsonNode apply(JsonNode input, JsonNode result);

    /**
     * Parses a reference path.
     *
     * @throws IllegalArgumentException if the text is not a reference path
     */
    static ResultPath parse(String text) {
        return new Put(ReferencePath.steps(text));
    }

    /** Drops the result. */
    record Discard() implements ResultPath {
        @Override
        public JsonNode apply(JsonNode input, JsonNode result) {
            return input;
        }
    }

    /**
     * Puts the result in.
     *
     * @param steps names (String) and indices (Integer) from the root
     */
    record Put(List<Object> steps) implements ResultPath {
        public Put {
            steps = List.copyOf(steps);
        }

        @Override
        public JsonNode apply(JsonNode input, JsonNode result) {
            return put(input, result, steps);
        }

        /** Copies only the containers along the path; the rest is shared with the input. */
        private static JsonNode put(JsonNode target, JsonNode result, List<Object> steps) {
            if (steps.isEmpty()) {
                return result;
            }
            List<Object> rest = steps.subList(1, steps.size());
            return switch (steps.getFirst()) {
                case Integer index -> putElement(target, index, result, rest);
                case Object name -> putField(target, name.toString(), result, rest);
            };
        }

        private static JsonNode putField(JsonNode target, String name, JsonNode result, List<Object> rest) {
            if (!(target instanceof ObjectNode object)) {
                throw noRoom("'" + name + "' needs an object, but there is " + Excerpt.of(target));
            }
            ObjectNode copy = Json.object();
            copy.setAll(object);
            JsonNode child = object.get(name);
            copy.set(name, put(child == null ? Json.object() : child, result, rest));
            return copy;
        }

        private static JsonNode putElement(JsonNode target, int index, JsonNode result, List<Object> rest) {
            if (!(target instanceof ArrayNode array) || index >= array.size()) {
                throw noRoom("element " + index + " does not exist in " + Excerpt.of(target));
            }
            ArrayNode copy = Json.MAPPER.createArrayNode();
            copy.addAll(array);
            copy.set(index, put(array.get(index), result, rest));
            return copy;
        }

        private static StateFailure noRoom(String why) {
            return new StateFailure(
                    StateFailure.RESULT_PATH_MATCH_FAILURE, "Unable to apply ResultPath to the input: " + why);
        }
    }

    /** Parses reference paths. */
    final class ReferencePath {
        private static final Pattern STEP =
                Pattern.compile("\\.([^.\\[\\]'\"*?@,:()\\s]+)|\\['([^']+)'\\]|\\[(\\d{1,6})\\]");

        private ReferencePath() {}

        static List<Object> steps(String text) {
            if (!text.startsWith("$") || text.startsWith("$$")) {
                throw new IllegalArgumentException("a reference path must start with a single '$', got: " + text);
            }
            List<Object> steps = new ArrayList<>();
            Matcher matcher = STEP.matcher(text);
            int end = 1;
            while (end < text.length() && matcher.find(end) && matcher.start() == end) {
                if (matcher.group(3) != null) {
                    steps.add(Integer.valueOf(matcher.group(3)));
                } else {
                    steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
                }
                end = matcher.end();
            }
            if (end < text.length()) {
                throw new IllegalArgumentException("a reference path has only names and indices, got: " + text);
            }
            return steps;
        }
    }
}
