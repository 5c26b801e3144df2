// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A call of an intrinsic function.
 *
 * @param function what is called
 * @param arguments as many as the function takes
 */
public record IntrinsicCall(Intrinsic function, List<Expression> arguments) implements Expression {
    public IntrinsicCall {
        arguments = List.copyOf(arguments);
        int count = arguments.size();
        if (count < function.minArguments() || count > function.maxArguments()) {
            throw new IllegalArgumentException(function.wireName() + " takes " + function.arity() + ", got " + count);
        }
    }

    @Override
    public JsonNode evaluate(Frame frame) {
        List<JsonNode> values =
                arguments.stream().map(argument -> argument.evaluate(frame)).toList();
        return function.apply(new Arguments(function.wireName(), values, frame.random()));
    }
}
