// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.ItemForm;
import dev.memtune.core.wire.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the registry's changes out of the records that Lambda delivers. */
final class StreamRecords {
    private StreamRecords() {}

    /**
     * The change that a record tells.
     *
     * @throws IllegalArgumentException if an image is not an item of the registry
     */
    static ItemChange change(@Nullable StreamRecord record) {
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
