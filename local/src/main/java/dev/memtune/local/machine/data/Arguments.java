// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.util.List;
import java.util.random.RandomGenerator;

/** The evaluated arguments of one call, with the checks that intrinsic functions share. */
record Arguments(String function, List<JsonNode> values, RandomGenerator random) {

    JsonNode value(int index) {
        return values.get(index);
    }

    String text(int index) {
        if (!value(index).isTextual()) {
            throw expected(index, "a string");
        }
        return value(index).textValue();
    }

    ArrayNode array(int index) {
        if (value(index) instanceof ArrayNode array) {
            return array;
        }
        throw expected(index, "an array");
    }

    ObjectNode object(int index) {
        if (value(index) instanceof ObjectNode object) {
            return object;
        }
        throw expected(index, "an object");
    }

    /** An integer of 32 bits; AWS rounds what is not whole to the nearest one. */
    int integer(int index) {
        if (!value(index).isNumber()) {
            throw expected(index, "an integer");
        }
        try {
            return value(index).decimalValue().setScale(0, RoundingMode.HALF_UP).intValueExact();
        } catch (ArithmeticException e) {
            throw failure(
                    "argument " + (index + 1) + " must fit 32 bits, got " + value(index) + " (" + e.getMessage() + ")");
        }
    }

    /** A string of at most that many characters. */
    String text(int index, int maxChars) {
        String text = text(index);
        if (text.length() > maxChars) {
            throw failure(
                    "argument " + (index + 1) + " must have at most " + maxChars + " characters, got " + text.length());
        }
        return text;
    }

    StateFailure failure(String why) {
        return new StateFailure(StateFailure.INTRINSIC_FAILURE, "The function '" + function + "' failed: " + why);
    }

    private StateFailure expected(int index, String type) {
        return failure("argument " + (index + 1) + " must be " + type + ", got " + Excerpt.of(value(index)));
    }
}
