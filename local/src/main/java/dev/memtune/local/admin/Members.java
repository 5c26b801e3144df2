// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A JSON object that is read member by member: wrong types and ranges are refused, and what nobody asked for too. */
final class Members {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String path;
    private final ObjectNode object;
    private final Set<String> known = new HashSet<>();

    private Members(String path, ObjectNode object) {
        this.path = path;
        this.object = object;
    }

    /** @throws Refusal if the body is no JSON object */
    static Members parse(byte[] body) throws IOException {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return new Members("", object);
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(Refusal.BAD_REQUEST, "the body must be JSON: " + e.getOriginalMessage());
        }
        throw new Refusal(Refusal.BAD_REQUEST, "the body must be a JSON object");
    }

    Optional<String> text(String name) {
        return node(name).map(node -> {
            if (!node.isTextual() || node.textValue().isEmpty()) {
                throw Refusal.member(path + name, "must be a text that is not empty", node);
            }
            return node.textValue();
        });
    }

    Optional<Boolean> flag(String name) {
        return node(name).map(node -> {
            if (!node.isBoolean()) {
                throw Refusal.member(path + name, "must be true or false", node);
            }
            return node.booleanValue();
        });
    }

    Optional<Long> integer(String name, long least, long most) {
        return node(name).map(node -> {
            if (!node.canConvertToExactIntegral() || node.asLong() < least || node.asLong() > most) {
                throw Refusal.member(path + name, "must be a whole number from " + least + " to " + most, node);
            }
            return node.asLong();
        });
    }

    Optional<Double> number(String name, double least, double most) {
        return node(name).map(node -> number(path + name, node, least, most));
    }

    /** The members of an object, with their names; each a number. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A list of numbers. */
    List<Double> numbers(String name, double least, double most) {
        List<Double> numbers = new ArrayList<>();
        JsonNode list = node(name).orElse(MAPPER.createArrayNode());
        if (!list.isArray()) {
            throw Refusal.member(path + name, "must be a list of numbers", list);
        }
        for (JsonNode element : list) {
            numbers.add(number(path + name, element, least, most));
        }
        return numbers;
    }

    private static double number(String name, JsonNode node, double least, double most) {
        if (!node.isNumber() || !(node.doubleValue() >= least && node.doubleValue() <= most)) {
            throw Refusal.member(name, "must be a number from " + least + " to " + most, node);
        }
        return node.doubleValue();
    }

    Optional<Members> object(String name) {
        return node(name).map(node -> {
            if (node instanceof ObjectNode inner) {
                return new Members(path + name + ".", inner);
            }
            throw Refusal.member(path + name, "must be an object", node);
        });
    }

    private Optional<JsonNode> node(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /** @throws Refusal if there is a member that was not asked for */
    void done() {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw Refusal.member(
                        path + name,
                        "is not known here; known are "
                                + String.join(", ", known.stream().sorted().toList()),
                        name);
            }
        }
    }
}
