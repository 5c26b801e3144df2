// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What Lambda gets of the registry's stream.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Example event</a>
 */
public final class StreamEvents {
    private StreamEvents() {}

    /** An event with a record for each change; their sequence numbers are 1, 2 and so on. */
    public static byte[] of(List<ItemChange> changes) {
        ObjectNode event = Json.mapper().createObjectNode();
        ArrayNode records = event.putArray("Records");
        changes.forEach(change -> add(records, change));
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    private static void add(ArrayNode records, ItemChange change) {
        String number = String.valueOf(records.size() + 1);
        ObjectNode data = records.addObject()
                .put("eventID", "e" + number)
                .put(
                        "eventName",
                        change.before().isEmpty() ? "INSERT" : change.after().isEmpty() ? "REMOVE" : "MODIFY")
                .put("eventSource", "aws:dynamodb")
                .putObject("dynamodb");
        data.put("ApproximateCreationDateTime", 1.7956690E9);
        data.put("SequenceNumber", number);
        data.put("StreamViewType", "NEW_AND_OLD_IMAGES");
        image(data, "OldImage", change.before());
        image(data, "NewImage", change.after());
    }

    private static void image(ObjectNode data, String name, Optional<AlgorithmItem> state) {
        state.ifPresent(item -> {
            ObjectNode image = data.putObject(name);
            image.putObject(ItemForm.NAME).put("S", item.name());
            image.putObject(ItemForm.STATUS).put("S", item.status().name());
            image.putObject(ItemForm.REVISION).put("N", String.valueOf(item.revision()));
            image.putObject(ItemForm.DOCUMENT).put("S", Json.write(item));
        });
    }
}
