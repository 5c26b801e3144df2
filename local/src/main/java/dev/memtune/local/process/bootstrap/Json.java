// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON: maps, collections, arrays, strings, numbers, booleans, records, beans. */
final class Json {
    private static final int DEPTH_MAX = 200;

    private final StringBuilder text = new StringBuilder();
    private int depth;

    private Json() {}

    /** @throws IllegalArgumentException if the value is nested too deeply, as one that contains itself is */
    static byte[] write(@Nullable Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(@Nullable Object value) {
        if (++depth > DEPTH_MAX) {
            throw new IllegalArgumentException("The response is nested more than " + DEPTH_MAX + " deep");
        }
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> map -> object(map);
            case Iterable<?> items -> array(items);
            case Object[] items -> array(java.util.Arrays.asList(items));
            case Number number -> number(number);
            case Boolean flag -> text.append(flag);
            case CharSequence characters -> string(characters);
            case Enum<?> constant -> string(constant.name());
            default -> other(value);
        }
        depth--;
    }

    private void other(Object value) {
        if (value.getClass().isArray()) {
            array(Pojo.elements(value));
        } else if (value.getClass().getName().startsWith("java.")) {
            string(value.toString());
        } else {
            object(Pojo.properties(value));
        }
    }

    private void number(Number number) {
        if (Double.isFinite(number.doubleValue()) || number instanceof java.math.BigInteger) {
            text.append(number);
        } else {
            string(number.toString()); // JSON has no word for it
        }
    }

    private void object(Map<?, ?> map) {
        text.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(comma);
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue());
            comma = ",";
        }
        text.append('}');
    }

    private void array(Iterable<?> items) {
        text.append('[');
        String comma = "";
        for (Object item : items) {
            text.append(comma);
            value(item);
            comma = ",";
        }
        text.append(']');
    }

    private void string(CharSequence characters) {
        text.append('"');
        characters.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < 0x20) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        text.append('"');
    }
}
