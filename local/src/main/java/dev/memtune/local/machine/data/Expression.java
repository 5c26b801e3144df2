// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that yields a value: a path, an intrinsic function or a literal. Immutable. */
public sealed interface Expression permits Path, IntrinsicCall, Literal {
    /**
     * Its value.
     *
     * @throws StateFailure if it yields nothing
     */
    JsonNode evaluate(Frame frame);

    /**
     * Parses a path or a call of an intrinsic function.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Expression parse(String text) {
        return text.startsWith("States.") ? IntrinsicParser.parse(text) : Path.parse(text);
    }
}
