// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a function to be measured by asynchronous invocations: their reports can be found, and nobody is told
 * of their failures as if they were real ones.
 */
final class AsynchronousTerms {
    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Quota of asynchronous events</a>. */
    private static final int EVENT_MAX_BYTES = 1024 * 1024;

    private static final String WAY_OUT =
            "; remove it while tuning, or give \"allowDestinations\": true if it may hear of failed test invocations";

    private AsynchronousTerms() {}

    static void requireLogs(FunctionConfiguration latest) {
        if (latest.logGroup() == null) {
            throw new NotTunable(
                    latest.functionName() + " has no log group that the endpoint tells of, and the reports of"
                            + " asynchronous invocations are nowhere else; its time-out of " + latest.timeoutSeconds()
                            + " s must be waited for synchronously");
        }
    }

    /** Nobody sees the answer of an event, so there is nothing to give to a post-processor. */
    static void requireNoPostProcessor(@Nullable String postProcessor) {
        if (postProcessor != null) {
            throw new BadInput(List.of(new Problem(
                    "postProcessorARN",
                    "must not be there where invocations are asynchronous, because their answers are not seen",
                    postProcessor,
                    "Remove it")));
        }
    }

    static void requireSmall(List<NamedPayload> payloads) {
        for (NamedPayload payload : payloads) {
            int bytes = Json.write(payload.payload()).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > EVENT_MAX_BYTES) {
                throw new BadInput(List.of(new Problem(
                        "payload",
                        "must have at most " + EVENT_MAX_BYTES + " bytes where invocations are asynchronous",
                        payload.name() + " of " + bytes + " bytes",
                        "Give a smaller event")));
            }
        }
    }

    static void requireNoDeadLetters(FunctionConfiguration latest) {
        String target = latest.traits().deadLetterTarget();
        if (target != null) {
            throw new NotTunable(latest.functionName()
                    + " is measured by asynchronous invocations, and has the dead-letter target " + target + WAY_OUT);
        }
    }

    static void requireNoDestinations(String function, Supplier<List<String>> reading) {
        try {
            List<String> destinations = reading.get();
            if (!destinations.isEmpty()) {
                throw new NotTunable(function + " is measured by asynchronous invocations, and sends failures to "
                        + String.join(", ", destinations) + WAY_OUT);
            }
        } catch (LambdaFault.Denied e) {
            throw new NotTunable(function + " is measured by asynchronous invocations, and whether it has failure"
                    + " destinations may not be read; allow lambda:ListFunctionEventInvokeConfigs, or give"
                    + " \"allowDestinations\": true. AWS: " + e.getMessage());
        }
    }
}
