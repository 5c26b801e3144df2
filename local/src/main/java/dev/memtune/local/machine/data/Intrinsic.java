// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The intrinsic functions. Names, arguments and limits: <a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">Intrinsics for JSONPath states in
 * Step Functions</a>.
 */
public enum Intrinsic {
    FORMAT("Format", 1, Integer.MAX_VALUE, TextIntrinsics::format),
    STRING_TO_JSON("StringToJson", 1, 1, TextIntrinsics::stringToJson),
    JSON_TO_STRING("JsonToString", 1, 1, TextIntrinsics::jsonToString),
    STRING_SPLIT("StringSplit", 2, 2, TextIntrinsics::split),
    BASE64_ENCODE("Base64Encode", 1, 1, CodingIntrinsics::encode),
    BASE64_DECODE("Base64Decode", 1, 1, CodingIntrinsics::decode),
    HASH("Hash", 2, 2, CodingIntrinsics::hash),
    UUID("UUID", 0, 0, CodingIntrinsics::uuid),
    JSON_MERGE("JsonMerge", 3, 3, TextIntrinsics::merge),
    ARRAY("Array", 0, Integer.MAX_VALUE, ArrayIntrinsics::array),
    ARRAY_PARTITION("ArrayPartition", 2, 2, ArrayIntrinsics::partition),
    ARRAY_CONTAINS("ArrayContains", 2, 2, ArrayIntrinsics::contains),
    ARRAY_RANGE("ArrayRange", 3, 3, ArrayIntrinsics::range),
    ARRAY_GET_ITEM("ArrayGetItem", 2, 2, ArrayIntrinsics::item),
    ARRAY_LENGTH("ArrayLength", 1, 1, ArrayIntrinsics::length),
    ARRAY_UNIQUE("ArrayUnique", 1, 1, ArrayIntrinsics::unique),
    MATH_RANDOM("MathRandom", 2, 3, MathIntrinsics::random),
    MATH_ADD("MathAdd", 2, 2, MathIntrinsics::add);

    private final String wireName;
    private final int minArguments;
    private final int maxArguments;
    /** A reference to a static method that keeps nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Arguments, JsonNode> body;

    Intrinsic(String name, int minArguments, int maxArguments, Function<Arguments, JsonNode> body) {
        this.wireName = "States." + name;
        this.minArguments = minArguments;
        this.maxArguments = maxArguments;
        this.body = body;
    }

    /** The function of that name, {@code States.Format} for instance; empty if there is none. */
    public static Optional<Intrinsic> named(String wireName) {
        return Arrays.stream(values())
                .filter(function -> function.wireName.equals(wireName))
                .findFirst();
    }

    /** The name in a definition. */
    public String wireName() {
        return wireName;
    }

    int minArguments() {
        return minArguments;
    }

    int maxArguments() {
        return maxArguments;
    }

    String arity() {
        if (minArguments == maxArguments) {
            return minArguments + " argument(s)";
        }
        return maxArguments == Integer.MAX_VALUE
                ? "at least " + minArguments + " argument(s)"
                : minArguments + " to " + maxArguments + " arguments";
    }

    JsonNode apply(Arguments arguments) {
        return body.apply(arguments);
    }
}
