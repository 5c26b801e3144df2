// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.failure.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads single members of the input and collects every problem on the way. */
final class InputFields {
    private static final int RECEIVED_LENGTH_MAX = 60;

    private final JsonNode input;
    private final List<Problem> problems = new ArrayList<>();

    InputFields(JsonNode input) {
        this.input = input;
    }

    List<Problem> problems() {
        return problems;
    }

    void problem(String field, String rule, String received, String remedy) {
        problems.add(new Problem(field, rule, received, remedy));
    }

    /** The member, or null if it is absent or JSON's null. */
    @Nullable
    JsonNode node(String field) {
        JsonNode node = input.get(field);
        return node == null || node.isNull() ? null : node;
    }

    boolean bool(String field, boolean ifAbsent) {
        JsonNode node = node(field);
        if (node == null) {
            return ifAbsent;
        }
        if (!node.isBoolean()) {
            problem(field, "must be true or false", shortened(node), "Write it without quotes");
        }
        return node.asBoolean(ifAbsent);
    }

    @Nullable
    String text(String field, String remedy) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            problem(field, "must be a text that is not empty", shortened(node), remedy);
            return null;
        }
        return node.textValue();
    }

    OptionalLong whole(String field, long min, long max, String remedy) {
        JsonNode node = node(field);
        return node == null ? OptionalLong.empty() : whole(field, node, new long[] {min, max}, remedy);
    }

    OptionalLong whole(String field, JsonNode node, long[] range, String remedy) {
        // 5.0 is as whole as 5, to JSON Schema and to whoever's language has no other numbers.
        boolean isWhole =
                node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0;
        boolean fits = isWhole && node.canConvertToLong();
        if (!fits || node.longValue() < range[0] || node.longValue() > range[1]) {
            String rule = "must be a whole number from " + range[0] + " to " + range[1];
            problem(field, rule, shortened(node), remedy);
            return OptionalLong.empty();
        }
        return OptionalLong.of(node.longValue());
    }

    OptionalDouble fraction(String field, double min, double max, String remedy) {
        JsonNode node = node(field);
        if (node == null) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber() || node.doubleValue() < min || node.doubleValue() > max) {
            problem(field, "must be a number from " + min + " to " + max, shortened(node), remedy);
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(node.doubleValue());
    }

    /** A number of more than 0. */
    OptionalDouble positive(String field, double max, String remedy) {
        JsonNode node = node(field);
        if (node == null) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber() || !(node.doubleValue() > 0) || node.doubleValue() > max) {
            String rule = String.format(Locale.ROOT, "must be a number of more than 0, at most %.0f", max);
            problem(field, rule, shortened(node), remedy);
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(node.doubleValue());
    }

    /** Refuses every member that is not known, with the nearest name that is. */
    void refuseUnknown(Collection<String> known) {
        input.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String nearest = NearestName.of(name, known)
                        .map(other -> "Did you mean " + other + "?")
                        .orElse("Remove it");
                problem(name, "must be a known field", shortened(input.path(name)), nearest);
            }
        });
    }

    /** A value as it may be shown: one line, shortened; objects and arrays by their kind only. */
    static String shortened(JsonNode node) {
        if (node.isContainerNode()) {
            return (node.isObject() ? "an object of " : "a list of ") + node.size();
        }
        String text = node.toString();
        return text.length() <= RECEIVED_LENGTH_MAX ? text : text.substring(0, RECEIVED_LENGTH_MAX) + "…";
    }
}
