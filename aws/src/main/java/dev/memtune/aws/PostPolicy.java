// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * What a form may put where. S3 demands a condition for every field of a form, and refuses a form that breaks one.
 *
 * @param bucket where the object goes
 * @param key its whole key
 * @param contentType its type
 * @param maxBytes the most that it may have, at least 1; an empty object is refused
 * @param expiresAt until when the form is taken, to the second
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html">POST policy</a>
 */
record PostPolicy(String bucket, String key, String contentType, long maxBytes, Instant expiresAt) {
    PostPolicy {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1, got: " + maxBytes);
        }
    }

    /**
     * The policy as it is signed and sent: a JSON document in base64.
     *
     * @param signing the fields that say how it is signed
     */
    String encoded(Map<String, String> signing) {
        ObjectNode document = Json.mapper().createObjectNode().put("expiration", expiresAt.toString());
        ArrayNode conditions = document.putArray("conditions");
        conditions.addArray().add("content-length-range").add(1).add(maxBytes);
        conditions.addObject().put("Content-Type", contentType);
        conditions.addObject().put("bucket", bucket);
        conditions.addObject().put("key", key);
        signing.forEach((field, value) -> conditions.addObject().put(field, value));
        return Base64.getEncoder().encodeToString(Json.write(document).getBytes(StandardCharsets.UTF_8));
    }
}
