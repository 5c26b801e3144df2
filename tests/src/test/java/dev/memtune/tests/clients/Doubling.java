// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** The handler that AWS's runtime runs in a function's process. */
public final class Doubling implements RequestHandler<Map<String, Integer>, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Integer> event, Context context) {
        Integer number = event.get("n");
        if (number == null) {
            throw new IllegalArgumentException("n must be there");
        }
        context.getLogger().log("doubling " + number + "\n");
        return Map.of(
                "doubled",
                2 * number,
                "arn",
                context.getInvokedFunctionArn(),
                "memoryMB",
                context.getMemoryLimitInMB(),
                "hasTime",
                context.getRemainingTimeInMillis() > 0);
    }
}
