// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A payload template (Parameters, ItemSelector, ResultSelector): JSON in which fields named {@code x.$} are computed. */
public sealed interface Template {
    /**
     * The template with its computed fields filled in.
     *
     * @throws StateFailure if an expression in it fails
     */
    JsonNode fill(Frame frame);

    /**
     * Parses a template. Each problem is reported in words, and its field is then left out.
     *
     * @param problems takes what is wrong
     */
    static Template parse(JsonNode json, Consumer<String> problems) {
        return switch (json) {
            case ObjectNode object -> TemplateParser.object(object, problems);
            case ArrayNode array -> TemplateParser.array(array, problems);
            case JsonNode value -> new Fixed(value);
        };
    }

    /** A part without expressions. */
    record Fixed(JsonNode value) implements Template {
        @Override
        public JsonNode fill(Frame frame) {
            return value;
        }
    }

    /**
     * The value of a field whose name ended in {@code .$}.
     *
     * @param field the field's name as written
     */
    record Computed(String field, Expression expression) implements Template {
        @Override
        public JsonNode fill(Frame frame) {
            try {
                return expression.evaluate(frame);
            } catch (StateFailure e) {
                throw new StateFailure(e.error(), "The field '" + field + "' failed: " + e.causeText());
            }
        }
    }

    /** An object with at least one computed part. */
    record Fields(Map<String, Template> fields) implements Template {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public JsonNode fill(Frame frame) {
            ObjectNode object = Json.object();
            fields.forEach((name, template) -> object.set(name, template.fill(frame)));
            return object;
        }
    }

    /** An array with at least one computed part. */
    record Elements(List<Template> elements) implements Template {
        public Elements {
            elements = List.copyOf(elements);
        }

        @Override
        public JsonNode fill(Frame frame) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            elements.forEach(template -> array.add(template.fill(frame)));
            return array;
        }
    }

    /** The parts of {@link #parse}. */
    final class TemplateParser {
        private TemplateParser() {}

        static Template object(ObjectNode object, Consumer<String> problems) {
            Map<String, Template> fields = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String name = field.getKey();
                String plain = name.endsWith(".$") ? name.substring(0, name.length() - 2) : name;
                Template value = plain.equals(name)
                        ? parse(field.getValue(), problems)
                        : computed(name, field.getValue(), problems);
                if (fields.put(plain, value) != null) {
                    problems.accept("'" + plain + "' and '" + plain + ".$' stand side by side; remove one");
                }
            }
            boolean isFixed = fields.values().stream().allMatch(Fixed.class::isInstance);
            return isFixed ? new Fixed(object) : new Fields(fields);
        }

        static Template array(ArrayNode array, Consumer<String> problems) {
            List<Template> elements = new ArrayList<>();
            array.forEach(element -> elements.add(parse(element, problems)));
            boolean isFixed = elements.stream().allMatch(Fixed.class::isInstance);
            return isFixed ? new Fixed(array) : new Elements(elements);
        }

        private static Template computed(String name, JsonNode value, Consumer<String> problems) {
            if (!value.isTextual()) {
                problems.accept("'" + name + "' must be a path or an intrinsic function, got: " + Excerpt.of(value));
                return new Fixed(value);
            }
            try {
                return new Computed(name, Expression.parse(value.textValue()));
            } catch (IllegalArgumentException e) {
                problems.accept("'" + name + "': " + e.getMessage());
                return new Fixed(value);
            }
        }
    }
}
