// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.primes;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Event: {@code {"limit": 2..100000000}}. Answer: how many primes there are up to it. */
public final class PrimesHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** @throws IllegalArgumentException if the event has no such limit; the message names rule and value */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        int limit = limitOf(event);
        return Map.of("limit", limit, "primes", Sieve.countUpTo(limit));
    }

    /** A JSON number may arrive as an Integer, a Long or a Double, as the runtime's JSON library likes. */
    private static int limitOf(Map<String, Object> event) {
        Object given = event.get("limit");
        if (given instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= 2
                && number.doubleValue() <= Sieve.MAX_LIMIT) {
            return number.intValue();
        }
        throw new IllegalArgumentException(
                "event.limit must be a whole number from 2 to " + Sieve.MAX_LIMIT + ", got: " + given);
    }
}
