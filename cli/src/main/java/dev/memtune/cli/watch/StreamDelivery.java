// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the registry in the form in which Lambda delivers records of a table's stream.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with DynamoDB</a>
 */
final class StreamDelivery {
    private static final String SOURCE = "arn:aws:dynamodb:us-east-1:000000000000:table/memtune-local/stream/local";

    private StreamDelivery() {}

    /**
     * The event.
     *
     * @param first the first change's position in the stream
     */
    static byte[] event(List<ItemChange> changes, int first) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (int i = 0; i < changes.size(); i++) {
            record(records.addObject(), changes.get(i), String.valueOf(first + i));
        }
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How many records at the beginning of a delivery the answer calls done. */
    static int done(byte[] answer, int first, int delivered) {
        JsonNode failures = Json.tree(answer).path("batchItemFailures");
        return failures.isEmpty()
                ? delivered
                : Math.clamp(failures.path(0).path("itemIdentifier").asInt(first) - first, 0, delivered);
    }

    private static void record(ObjectNode record, ItemChange change, String number) {
        AlgorithmItem before = change.before().orElse(null);
        AlgorithmItem after = change.after().orElse(null);
        record.put("eventID", number)
                .put("eventName", before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY")
                .put("eventVersion", "1.1")
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", "us-east-1")
                .put("eventSourceARN", SOURCE);
        ObjectNode data = record.putObject("dynamodb");
        AlgorithmItem either = after == null ? before : after;
        data.putObject("Keys").putObject(ItemForm.NAME).put("S", either == null ? "" : either.name());
        data.put("SequenceNumber", number).put("StreamViewType", "NEW_AND_OLD_IMAGES");
        image(data, "OldImage", before);
        image(data, "NewImage", after);
    }

    private static void image(ObjectNode data, String name, @Nullable AlgorithmItem item) {
        if (item != null) {
            ObjectNode image = data.putObject(name);
            image.putObject(ItemForm.NAME).put("S", item.name());
            image.putObject(ItemForm.STATUS).put("S", item.status().name());
            image.putObject(ItemForm.REVISION).put("N", String.valueOf(item.revision()));
            image.putObject(ItemForm.DOCUMENT).put("S", Json.write(item));
        }
    }
}
