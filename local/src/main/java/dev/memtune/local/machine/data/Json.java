// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Comparator;

/** JSON as the interpreter holds it: numbers keep their digits, trees are shared and therefore never changed. */
public final class Json {
    /**
     * The largest input or output of a state, task or execution, in bytes of UTF-8. Source: <a
     * href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service quotas</a>.
     */
    public static final int MAX_PAYLOAD_BYTES = 262_144;

    /** Compares numbers by value and everything else by equality; for {@link JsonNode#equals(Comparator, JsonNode)}. */
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    };

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private Json() {}

    /**
     * Parses one value.
     *
     * @throws IOException if the bytes are not one JSON value, or an object has a field twice
     */
    public static JsonNode parse(byte[] json) throws IOException {
        return present(MAPPER.readTree(json));
    }

    /**
     * Parses one value.
     *
     * @throws IOException if the text is not one JSON value, or an object has a field twice
     */
    public static JsonNode parse(String json) throws IOException {
        return present(MAPPER.readTree(json));
    }

    private static JsonNode present(JsonNode node) throws IOException {
        if (node.isMissingNode()) {
            throw new IOException("expected a JSON value, got nothing");
        }
        return node;
    }

    /** The value as compact JSON in UTF-8. */
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written: " + e.getMessage(), e);
        }
    }

    /** The value as compact JSON. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written: " + e.getMessage(), e);
        }
    }

    /** A new empty object, for the caller to fill before it is shared. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** True if both are the same value, where 1 and 1.0 are. */
    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(BY_VALUE, b);
    }

    /**
     * Lets a payload through that is within {@link #MAX_PAYLOAD_BYTES}.
     *
     * @param what the payload in words, for the message
     * @throws StateFailure States.DataLimitExceeded if it is larger
     */
    public static JsonNode limited(JsonNode payload, String what) {
        if (payload.isContainerNode() || payload.isTextual()) {
            limited(bytes(payload), what);
        }
        return payload;
    }

    /** As {@link #limited(JsonNode, String)}, for a payload that is in bytes already. */
    public static byte[] limited(byte[] payload, String what) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new StateFailure(
                    StateFailure.DATA_LIMIT_EXCEEDED,
                    what + " has " + payload.length + " bytes, which exceeds the limit of " + MAX_PAYLOAD_BYTES);
        }
        return payload;
    }
}
