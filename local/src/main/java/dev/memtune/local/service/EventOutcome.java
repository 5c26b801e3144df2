// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.RunnableVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * How an asynchronous invocation ended, for its destination.
 *
 * @param event the event
 * @param condition {@code Success}, or why it was given up
 * @param executed what ran last, if anything did
 * @param result the last result, if there is one
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Invocation records</a>
 */
record EventOutcome(
        QueuedEvent event, String condition, Optional<RunnableVersion> executed, Optional<InvocationResult> result) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** AWS's invocation record. */
    byte[] json(Instant now, FunctionArns arns) {
        ObjectNode json = MAPPER.createObjectNode().put("version", "1.0").put("timestamp", FunctionJson.isoMillis(now));
        json.putObject("requestContext")
                .put("requestId", event.requestId())
                .put("functionArn", qualified(arns))
                .put("condition", condition)
                .put("approximateInvokeCount", event.attempts());
        json.set("requestPayload", parsed(event.payload()));
        if (executed.isPresent() && result.isPresent()) {
            ObjectNode response = json.putObject("responseContext")
                    .put("statusCode", 200)
                    .put("executedVersion", executed.get().version());
            result.get().functionError().ifPresent(error -> response.put("functionError", error));
            json.set("responsePayload", parsed(result.get().payload()));
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String qualified(FunctionArns arns) {
        FunctionReference reference = FunctionReference.parse(event.function(), arns);
        return arns.qualified(reference.name(), reference.qualifier().orElse(DeployedFunction.LATEST));
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            return MAPPER.getNodeFactory()
                    .textNode(new String(json, StandardCharsets.UTF_8)); // a custom runtime's answer
        }
    }
}
