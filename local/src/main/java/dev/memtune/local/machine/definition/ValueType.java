// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** The types that rules test and compare; the names are the first part of the operators' names. */
public enum ValueType {
    STRING("String"),
    NUMERIC("Numeric"),
    BOOLEAN("Boolean"),
    TIMESTAMP("Timestamp"),
    NULL("Null");

    private final String wireName;

    ValueType(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /** True if the value is of this type. A timestamp is a string of RFC 3339 with an upper-case T. */
    boolean holds(JsonNode value) {
        return switch (this) {
            case STRING -> value.isTextual();
            case NUMERIC -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case TIMESTAMP -> value.isTextual() && isTimestamp(value.textValue());
            case NULL -> value.isNull();
        };
    }

    /** The order of two values of this type. */
    int compare(JsonNode a, JsonNode b) {
        return switch (this) {
            case STRING -> a.textValue().compareTo(b.textValue());
            case NUMERIC -> a.decimalValue().compareTo(b.decimalValue());
            case BOOLEAN -> Boolean.compare(a.booleanValue(), b.booleanValue());
            case TIMESTAMP ->
                OffsetDateTime.parse(a.textValue())
                        .toInstant()
                        .compareTo(OffsetDateTime.parse(b.textValue()).toInstant());
            case NULL -> 0;
        };
    }

    private static boolean isTimestamp(String text) {
        try {
            return text.contains("T") && OffsetDateTime.parse(text).getYear() >= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
