// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Functions on numbers; see {@link Intrinsic}. */
final class MathIntrinsics {
    private MathIntrinsics() {}

    /** From the first argument up to, not including, the second; with a seed, always the same. */
    static JsonNode random(Arguments arguments) {
        int start = arguments.integer(0);
        int end = arguments.integer(1);
        if (start >= end) {
            throw arguments.failure("the start must be below the end, got " + start + " and " + end);
        }
        RandomGenerator random =
                arguments.values().size() == 3 ? new SplittableRandom(arguments.integer(2)) : arguments.random();
        return IntNode.valueOf(random.nextInt(start, end));
    }

    static JsonNode add(Arguments arguments) {
        long sum = (long) arguments.integer(0) + arguments.integer(1);
        if (sum != (int) sum) {
            throw arguments.failure("the sum must fit 32 bits, got " + sum);
        }
        return IntNode.valueOf((int) sum);
    }
}
