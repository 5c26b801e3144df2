// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.random.RandomGenerator;

/**
 * What an expression can see.
 *
 * @param input the value of {@code $}
 * @param context the value of {@code $$}, the context object
 * @param random for States.UUID and States.MathRandom; safe for use by many threads
 */
public record Frame(JsonNode input, JsonNode context, RandomGenerator random) {
    /** The same frame with another {@code $}. */
    public Frame withInput(JsonNode other) {
        return new Frame(other, context, random);
    }
}
