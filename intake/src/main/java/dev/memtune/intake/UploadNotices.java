// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.registry.Upload;
import dev.memtune.core.wire.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads S3's notices out of a queue's message.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event message
 *     structure</a>
 */
final class UploadNotices {
    private static final String CREATED = "ObjectCreated:";
    private static final String TEST = "s3:TestEvent";

    private UploadNotices() {}

    /**
     * The uploads that a message tells of; none for the message that S3 sends when notices are switched on, and for other
     * events than an object's creation.
     *
     * @throws IllegalArgumentException if the message is not S3's, or tells of a bucket without versions
     */
    static List<Upload> uploads(String message) {
        JsonNode body = Json.tree(message.getBytes(StandardCharsets.UTF_8));
        if (TEST.equals(body.path("Event").asText())) {
            return List.of();
        }
        if (!body.path("Records").isArray()) {
            throw new IllegalArgumentException("a message must be S3's event with Records");
        }
        List<Upload> uploads = new ArrayList<>();
        for (JsonNode record : body.path("Records")) {
            if (record.path("eventName").asText().startsWith(CREATED)) {
                uploads.add(upload(record.path("s3")));
            }
        }
        return uploads;
    }

    private static Upload upload(JsonNode s3) {
        JsonNode object = s3.path("object");
        // In notices, keys are encoded as in forms.
        String key = URLDecoder.decode(text(object, "key"), StandardCharsets.UTF_8);
        return new Upload(text(s3.path("bucket"), "name"), key, text(object, "versionId"), text(object, "sequencer"));
    }

    private static String text(JsonNode object, String member) {
        JsonNode value = object.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("S3's event must have the text " + member
                    + ("versionId".equals(member) ? "; is versioning switched on for the bucket?" : ""));
        }
        return value.textValue();
    }
}
