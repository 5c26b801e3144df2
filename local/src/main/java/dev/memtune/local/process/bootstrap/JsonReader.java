// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON into maps, lists, strings, numbers (Integer, Long, BigInteger, Double), booleans and null. */
final class JsonReader {
    private static final int DEPTH_MAX = 1000;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is not JSON; no text at all is null */
    static @Nullable Object read(byte[] json) {
        JsonReader reader = new JsonReader(new String(json, StandardCharsets.UTF_8));
        reader.blanks();
        if (reader.at == reader.text.length()) {
            return null;
        }
        Object value = reader.value();
        reader.blanks();
        if (reader.at < reader.text.length()) {
            throw reader.unexpected("the end");
        }
        return value;
    }

    private @Nullable Object value() {
        blanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> nothing();
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        open();
        while (more('}', map.isEmpty())) {
            blanks();
            String key = string();
            blanks();
            expect(':');
            map.put(key, value());
        }
        return map;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> list = new ArrayList<>();
        open();
        while (more(']', list.isEmpty())) {
            list.add(value());
        }
        return list;
    }

    private void open() {
        at++;
        if (++depth > DEPTH_MAX) {
            throw new IllegalArgumentException("The event is nested more than " + DEPTH_MAX + " deep");
        }
    }

    private boolean more(char end, boolean first) {
        blanks();
        if (peek() == end) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    private String string() {
        expect('"');
        StringBuilder result = new StringBuilder();
        while (peek() != '"') {
            char next = text.charAt(at++);
            result.append(next == '\\' ? escape() : next);
        }
        at++;
        return result.toString();
    }

    private char escape() {
        char kind = peek();
        at++;
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> kind;
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw unexpected("four hexadecimal digits");
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw unexpected("an escape");
        };
    }

    private @Nullable Object nothing() {
        word("null", "");
        return null;
    }

    private <T> T word(String word, T value) {
        if (!text.startsWith(word, at)) {
            throw unexpected(word);
        }
        at += word.length();
        return value;
    }

    private Number number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return digits.matches("-?\\d+")
                    ? integer(new BigInteger(digits))
                    : (Number) new BigDecimal(digits).doubleValue();
        } catch (NumberFormatException e) {
            throw unexpected("a value");
        }
    }

    private static Number integer(BigInteger value) {
        return value.bitLength() < 32
                ? (Number) value.intValue()
                : value.bitLength() < 64 ? (Number) value.longValue() : value;
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected("more");
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException unexpected(String wanted) {
        return new IllegalArgumentException("The event is not JSON: expected " + wanted + " at character " + at);
    }
}
