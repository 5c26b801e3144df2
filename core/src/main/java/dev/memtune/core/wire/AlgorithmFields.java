// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.failure.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes typed values out of {@code metadata.json} and lists what is wrong with them. Not thread-safe. */
final class AlgorithmFields {
    private final JsonNode root;
    private final List<Problem> problems = new ArrayList<>();

    AlgorithmFields(JsonNode root) {
        this.root = root;
    }

    /**
     * A form of text.
     *
     * @param pattern what the whole text must match
     * @param words the same in words, after "must be"
     * @param remedy what to do otherwise
     */
    record TextForm(Pattern pattern, String words, String remedy) {
        static TextForm of(String pattern, String words, String remedy) {
            return new TextForm(Pattern.compile(pattern), words, remedy);
        }
    }

    List<Problem> problems() {
        return problems;
    }

    void refuse(String field, String rule, String received, String remedy) {
        problems.add(new Problem(field, rule, received, remedy));
    }

    boolean has(String field) {
        return root.has(field);
    }

    Optional<JsonNode> node(String field) {
        return Optional.ofNullable(root.get(field));
    }

    /** Lists every field that is not one of {@code known}, with the nearest known one. */
    void refuseUnknown(List<String> known) {
        root.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                refuse(
                        name,
                        "is not a field of metadata.json",
                        "'" + name + "'",
                        nearest(name, known)
                                .map(other -> "Did you mean '" + other + "'?")
                                .orElse("The fields are " + String.join(", ", known)));
            }
        });
    }

    Optional<String> text(String field, TextForm form) {
        return node(field).flatMap(node -> text(field, node, form));
    }

    Optional<String> text(String where, JsonNode node, TextForm form) {
        if (node.isTextual() && form.pattern().matcher(node.textValue()).matches()) {
            return Optional.of(node.textValue());
        }
        refuse(where, "must be " + form.words(), shown(node), form.remedy());
        return Optional.empty();
    }

    Optional<String> requiredText(String field, TextForm form) {
        if (!has(field)) {
            refuse(field, "must be given: " + form.words(), "nothing", form.remedy());
        }
        return text(field, form);
    }

    OptionalInt integer(String field, int least, int most) {
        return node(field).map(node -> integer(field, node, least, most)).orElse(OptionalInt.empty());
    }

    /** A whole number in a range; {@code 128.0} is whole, as in JSON Schema. */
    OptionalInt integer(String where, JsonNode node, int least, int most) {
        if (node.isNumber()) {
            BigDecimal value = node.decimalValue();
            boolean inRange =
                    value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
            if (inRange && value.remainder(BigDecimal.ONE).signum() == 0) {
                return OptionalInt.of(value.intValue());
            }
        }
        refuse(where, "must be a whole number from " + least + " to " + most, shown(node), "Choose one in this range");
        return OptionalInt.empty();
    }

    /** The items of an array of {@code least} to {@code most} different items; empty, with a problem, for anything else. */
    List<JsonNode> items(String field, int least, int most) {
        JsonNode node = root.get(field);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() < least || node.size() > most) {
            refuse(
                    field,
                    "must be a list of " + least + " to " + most + " items",
                    node.isArray() ? node.size() + " items" : shown(node),
                    "Write it as [ … ]");
            return List.of();
        }
        List<JsonNode> items = new ArrayList<>();
        node.forEach(items::add);
        return items;
    }

    /** Lists every item that is in the list more than once. */
    void refuseTwice(String field, List<?> items) {
        Set<Object> seen = new HashSet<>();
        Set<Object> reported = new HashSet<>();
        for (Object item : items) {
            if (!seen.add(item) && reported.add(item)) {
                refuse(field, "must have each item once", item + " more than once", "Remove the second");
            }
        }
    }

    /** A short form of a value, to be shown as what was received. */
    static String shown(JsonNode node) {
        return node.isContainerNode()
                ? (node.isArray() ? "a list of " : "an object of ") + node.size()
                : node.isTextual() ? "'" + node.textValue() + "'" : node.toString();
    }

    /** The known name with the fewest edits, if they are few enough for a slip of the keyboard. */
    static Optional<String> nearest(String name, List<String> known) {
        int most = Math.max(2, name.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt(other -> edits(name, other)))
                .filter(other -> edits(name, other) <= most);
    }

    /** Levenshtein's distance, letters of either case being the same. */
    private static int edits(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
                int replaced = previous[j - 1] + (same ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
