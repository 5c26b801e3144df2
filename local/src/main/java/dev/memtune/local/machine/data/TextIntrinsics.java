// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.StringTokenizer;

/** Functions on strings and JSON text; see {@link Intrinsic}. */
final class TextIntrinsics {
    private TextIntrinsics() {}

    /** Replaces each {@code {}} by the next argument; {@code \{}, {@code \}} and {@code \\} stand for themselves. */
    static JsonNode format(Arguments arguments) {
        String template = arguments.text(0);
        StringBuilder out = new StringBuilder();
        int next = 1;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length()) {
                out.append(template.charAt(++i));
            } else if (template.startsWith("{}", i)) {
                if (next == arguments.values().size()) {
                    throw arguments.failure("there are more '{}' than values");
                }
                out.append(display(arguments.value(next++)));
                i++;
            } else {
                out.append(c);
            }
        }
        if (next < arguments.values().size()) {
            throw arguments.failure("there are more values than '{}'");
        }
        return TextNode.valueOf(out.toString());
    }

    private static String display(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.text(value);
    }

    static JsonNode stringToJson(Arguments arguments) {
        try {
            return Json.parse(arguments.text(0));
        } catch (IOException e) {
            throw arguments.failure("the string is not JSON: " + Excerpt.of(arguments.value(0)));
        }
    }

    static JsonNode jsonToString(Arguments arguments) {
        return TextNode.valueOf(Json.text(arguments.value(0)));
    }

    /** Splits at each character of the second argument; empty parts are dropped. */
    static JsonNode split(Arguments arguments) {
        ArrayNode parts = Json.MAPPER.createArrayNode();
        StringTokenizer tokens = new StringTokenizer(arguments.text(0), arguments.text(1));
        while (tokens.hasMoreTokens()) {
            parts.add(tokens.nextToken());
        }
        return parts;
    }

    /** Merges two objects, the second winning; AWS offers the shallow mode only. */
    static JsonNode merge(Arguments arguments) {
        if (!arguments.value(2).isBoolean() || arguments.value(2).booleanValue()) {
            throw arguments.failure("argument 3 must be false, because only shallow merging is supported, got "
                    + Excerpt.of(arguments.value(2)));
        }
        ObjectNode merged = Json.object();
        merged.setAll(arguments.object(0));
        merged.setAll(arguments.object(1));
        return merged;
    }
}
