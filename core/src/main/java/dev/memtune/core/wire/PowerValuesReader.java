// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.function.PowerValue;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the memory sizes: a list, {@code "ALL"}, a range such as {@code "128..3008/64"} (from, to, step; without a step, one
 * size after every {@value #USUAL_STEP_MB} MB), or a list that has ranges in it.
 */
final class PowerValuesReader {
    private static final String FIELD = "powerValues";
    private static final String ALL = "ALL";
    private static final String ALL_RANGE = "128..3008/64";
    private static final int USUAL_STEP_MB = 64;
    /** More than {@code "ALL"} has; each size is a version to publish, and has its room in the execution's history. */
    private static final int SIZES_MAX = 200;

    private static final String SIZES_RULE = "must have at most " + SIZES_MAX + " sizes";

    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})\\.\\.(\\d{1,5})(?:/(\\d{1,5}))?");
    private static final long[] BOUNDS = {PowerValue.MIN_MB, PowerValue.MAX_MB};
    private static final String REMEDY = "Give memory sizes in MB, without quotes, or a range such as \"128..3008/64\"";

    private final InputFields fields;
    private final TreeSet<Integer> sizes = new TreeSet<>();
    private final Set<Integer> single = new HashSet<>();
    private final Set<String> ranges = new HashSet<>();

    private PowerValuesReader(InputFields fields) {
        this.fields = fields;
    }

    /** The sizes, each once, ascending; the given ones if the input has none. */
    static List<Integer> read(InputFields fields, List<Integer> ifAbsent) {
        JsonNode node = fields.node(FIELD);
        if (node == null || (node.isArray() && node.isEmpty())) {
            return ifAbsent;
        }
        PowerValuesReader reader = new PowerValuesReader(fields);
        reader.readAny(node);
        int count = Math.max(reader.sizes.size(), node.isArray() ? node.size() : 0);
        if (count > SIZES_MAX) {
            fields.problem(FIELD, SIZES_RULE, Integer.toString(count), "Leave some out, or give a larger step");
        }
        return List.copyOf(reader.sizes);
    }

    private void readAny(JsonNode node) {
        if (node.isArray()) {
            IntStream.range(0, node.size()).forEach(i -> readOne(FIELD + "[" + i + "]", node.path(i)));
        } else if (node.isTextual()) {
            readRange(FIELD, ALL.equals(node.textValue()) ? ALL_RANGE : node.textValue());
        } else {
            String rule = "must be a list of memory sizes, a range, or \"ALL\"";
            fields.problem(
                    FIELD, rule, InputFields.shortened(node), "For example [128, 512, 1024] or \"128..3008/64\"");
        }
    }

    private void readOne(String field, JsonNode node) {
        if (node.isTextual() && node.textValue().contains("..")) {
            readRange(field, node.textValue());
            if (!ranges.add(node.textValue())) {
                fields.problem(field, "must not be there twice", node.textValue(), "Remove one of the two");
            }
            return;
        }
        OptionalLong size = fields.whole(field, node, BOUNDS, REMEDY);
        size.ifPresent(memoryMB -> {
            sizes.add((int) memoryMB);
            if (!single.add((int) memoryMB)) {
                fields.problem(field, "must not be there twice", Long.toString(memoryMB), "Remove one of the two");
            }
        });
    }

    /** Different ranges may overlap with each other and with single sizes. */
    private void readRange(String field, String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            fields.problem(field, "must be a range of memory sizes, or \"ALL\"", text, REMEDY);
            return;
        }
        int from = Integer.parseInt(range.group(1));
        int to = Integer.parseInt(range.group(2));
        int step = range.group(3) == null ? USUAL_STEP_MB : Integer.parseInt(range.group(3));
        if (from < PowerValue.MIN_MB || to > PowerValue.MAX_MB || from > to || step < 1) {
            String rule = "must go from at least " + PowerValue.MIN_MB + " up to at most " + PowerValue.MAX_MB
                    + " in steps of at least 1";
            fields.problem(field, rule, text, REMEDY);
            return;
        }
        if ((to - from) / step >= SIZES_MAX) {
            fields.problem(field, SIZES_RULE, text, "Give a larger step");
            return;
        }
        IntStream.iterate(from, size -> size <= to, size -> size + step).forEach(sizes::add);
    }
}
