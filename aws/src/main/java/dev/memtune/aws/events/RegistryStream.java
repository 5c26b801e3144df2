// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.events;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The registry's stream. The answer names the first record that failed: Lambda delivers it and all after it again, within the
 * bounds of the event source mapping. When they are reached, it gives up not that record alone but all that came with it, and
 * tells the dead-letter queue their places. So what comes after a record that fails is handed on all the same: nothing is
 * lost but what can never succeed. Steps have to bear hearing of a record again.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">partial batch response</a>
 */
public final class RegistryStream {
    private RegistryStream() {}

    /**
     * Hands every change of a {@code DynamodbEvent} on, in order.
     *
     * @param step takes a change
     * @param log takes a line for each record that fails
     * @return the response of the function
     * @throws IllegalArgumentException if the event is no JSON
     */
    public static StreamsEventResponse deliver(byte[] event, Consumer<ItemChange> step, Consumer<String> log) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (JsonNode record : Json.tree(event).path("Records")) {
            try {
                step.accept(change(record.path("dynamodb")));
            } catch (RuntimeException e) {
                log.accept("record " + record.path("eventID").asText() + " failed: " + e);
                // An empty identifier counts as a failure of the whole batch.
                failures.add(new BatchItemFailure(
                        record.at("/dynamodb/SequenceNumber").asText()));
            }
        }
        return new StreamsEventResponse(failures.subList(0, Math.min(1, failures.size())));
    }

    private static ItemChange change(JsonNode data) {
        if (!data.isObject()) {
            throw new IllegalArgumentException("the record must have the member dynamodb");
        }
        return new ItemChange(item(data.path("OldImage")), item(data.path("NewImage")));
    }

    private static Optional<AlgorithmItem> item(JsonNode image) {
        if (image.isEmpty()) {
            return Optional.empty();
        }
        JsonNode document = image.path(ItemForm.DOCUMENT).path("S");
        if (!document.isTextual()) {
            List<String> attributes = new ArrayList<>();
            image.fieldNames().forEachRemaining(attributes::add);
            throw new IllegalArgumentException(
                    "an item must have the text attribute " + ItemForm.DOCUMENT + ", got: " + attributes);
        }
        return Optional.of(Json.read(document.textValue(), AlgorithmItem.class));
    }
}
