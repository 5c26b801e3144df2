// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as people write it on a command line, as the number that the input has for it. What cannot be read stays text,
 * which the checks of the input refuse with field, rule and received value.
 *
 * @param node a number, or the text as it was written
 */
record Quantity(JsonNode node) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?)\\s*([a-zA-Z%]*)");

    private static final Map<String, BigDecimal> TIMES =
            Map.of("", BigDecimal.ONE, "ms", BigDecimal.ONE, "s", BigDecimal.valueOf(1_000));
    private static final Map<String, BigDecimal> SHARES = Map.of("", BigDecimal.ONE, "%", new BigDecimal("0.01"));
    private static final Map<String, BigDecimal> MONEY = Map.of("", BigDecimal.ONE, "USD", BigDecimal.ONE);
    private static final Map<String, BigDecimal> PLAIN = Map.of("", BigDecimal.ONE);

    /** {@code 300ms}, {@code 1.5s}, or milliseconds without a unit. */
    static Quantity milliseconds(String text) {
        return of(text, TIMES);
    }

    /** {@code 5%} or {@code 0.05}. */
    static Quantity share(String text) {
        return of(text, SHARES);
    }

    /** {@code 0.05USD}, {@code $0.05}, or {@code 0.05} in the currency of the price table. */
    static Quantity money(String text) {
        return of(text.startsWith("$") ? text.substring(1) + "USD" : text, MONEY);
    }

    /** A number without a unit. */
    static Quantity number(String text) {
        return of(text, PLAIN);
    }

    private static JsonNode whole(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private static Quantity of(String text, Map<String, BigDecimal> units) {
        Matcher matcher = FORM.matcher(text.strip());
        BigDecimal unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            return new Quantity(TextNode.valueOf(text));
        }
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(unit).stripTrailingZeros();
        return new Quantity(value.scale() <= 0 ? whole(value.longValueExact()) : DecimalNode.valueOf(value));
    }
}
