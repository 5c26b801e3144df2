// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.events;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.wire.Json;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registry's stream. The answer names the first record that failed: Lambda delivers it and all after it again, within the
 * bounds of the event source mapping. When they are reached, it gives up not that record alone but all that came with it, and
 * tells the dead-letter queue their places. So what comes after a record that fails is handed on all the same: nothing is
 * lost but what can never succeed. Steps have to bear hearing of a record again.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">partial batch response</a>
 */
public final class RegistryStream {
    private static final PojoSerializer<DynamodbEvent> EVENTS =
            LambdaEventSerializers.serializerFor(DynamodbEvent.class, RegistryStream.class.getClassLoader());

    private RegistryStream() {}

    /**
     * Hands every change of an event on, in order.
     *
     * @param step takes a change
     * @param log takes a line for each record that fails
     * @return the response of the function
     */
    public static StreamsEventResponse deliver(InputStream event, Consumer<ItemChange> step, Consumer<String> log) {
        List<DynamodbStreamRecord> records = EVENTS.fromJson(event).getRecords();
        List<BatchItemFailure> failures = new ArrayList<>();
        for (DynamodbStreamRecord record : records == null ? List.<DynamodbStreamRecord>of() : records) {
            try {
                step.accept(change(record.getDynamodb()));
            } catch (RuntimeException e) {
                log.accept("record " + record.getEventID() + " failed: " + e);
                failures.add(new BatchItemFailure(sequenceNumber(record)));
            }
        }
        return new StreamsEventResponse(failures.subList(0, Math.min(1, failures.size())));
    }

    /** An empty identifier counts as a failure of the whole batch. */
    private static String sequenceNumber(DynamodbStreamRecord record) {
        return record.getDynamodb() == null
                ? ""
                : Objects.requireNonNullElse(record.getDynamodb().getSequenceNumber(), "");
    }

    private static ItemChange change(@Nullable StreamRecord record) {
        if (record == null) {
            throw new IllegalArgumentException("the record must have the member dynamodb");
        }
        return new ItemChange(item(record.getOldImage()), item(record.getNewImage()));
    }

    private static Optional<AlgorithmItem> item(@Nullable Map<String, AttributeValue> image) {
        if (image == null || image.isEmpty()) {
            return Optional.empty();
        }
        AttributeValue document = image.get(ItemForm.DOCUMENT);
        if (document == null || document.getS() == null) {
            throw new IllegalArgumentException(
                    "an item must have the text attribute " + ItemForm.DOCUMENT + ", got: " + image.keySet());
        }
        return Optional.of(Json.read(document.getS(), AlgorithmItem.class));
    }
}
