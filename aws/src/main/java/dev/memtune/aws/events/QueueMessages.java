// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.events;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The messages of a queue. The answer names those that failed: they are delivered again, and what never succeeds goes to the
 * dead-letter queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch responses</a>
 */
public final class QueueMessages {
    private QueueMessages() {}

    /**
     * Hands the text of every message of an {@code SQSEvent} on.
     *
     * @param step takes a text
     * @param log takes a line for each message that fails
     * @return the response of the function
     * @throws IllegalArgumentException if the event is no JSON
     */
    public static SQSBatchResponse deliver(byte[] event, Consumer<String> step, Consumer<String> log) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (JsonNode message : Json.tree(event).path("Records")) {
            String id = message.path("messageId").asText();
            try {
                step.accept(message.path("body").asText());
            } catch (RuntimeException e) {
                log.accept("message " + id + " failed: " + e);
                failures.add(new BatchItemFailure(id));
            }
        }
        return new SQSBatchResponse(failures);
    }
}
