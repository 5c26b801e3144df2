// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON request body, read member by member; members of the wrong type are refused, unknown ones ignored as AWS does. */
final class RequestBody {
    /** A deployment package in base64 is one text. */
    private static final int MAX_TEXT = 80_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .build())
            .build();

    private final ObjectNode root;

    private RequestBody(ObjectNode root) {
        this.root = root;
    }

    /** @throws LambdaFault if the body is not a JSON object; no body counts as an empty object */
    static RequestBody parse(byte[] body) {
        if (body.length == 0) {
            return new RequestBody(MAPPER.createObjectNode());
        }
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return new RequestBody(object);
            }
            throw malformed("Could not parse request body into json: it must be an object");
        } catch (JsonProcessingException e) {
            throw malformed("Could not parse request body into json: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw malformed("Could not parse request body into json: " + e.getMessage());
        }
    }

    /** A text of the object, without reading all of it; empty if it is not there or the body is no JSON object. */
    static Optional<String> glimpse(byte[] body, String member) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            if (body.length == 0 || parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(member);
                if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
                    return Optional.of(parser.getText());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // whoever reads it all says what is wrong
        }
    }

    private static LambdaFault malformed(String message) {
        return LambdaFault.of(LambdaFault.Kind.INVALID_REQUEST_CONTENT, message);
    }

    boolean has(String member) {
        return node(member).isPresent();
    }

    /** Whether the member is there and holds something: an empty object, list or text does not. */
    boolean hasContent(String member) {
        return node(member)
                .filter(n -> n.isContainerNode() ? !n.isEmpty() : !n.asText().isEmpty())
                .isPresent();
    }

    Optional<String> text(String member) {
        return typed(member, JsonNodeType.STRING).map(JsonNode::textValue);
    }

    Optional<Integer> integer(String member) {
        Optional<JsonNode> node = typed(member, JsonNodeType.NUMBER);
        if (node.isPresent() && !node.get().canConvertToInt()) {
            throw malformed(
                    "Could not parse request body into json: '" + member + "' is out of range, got: " + node.get());
        }
        return node.map(JsonNode::intValue);
    }

    Optional<Long> longNumber(String member) {
        return typed(member, JsonNodeType.NUMBER).map(JsonNode::longValue);
    }

    boolean flag(String member) {
        return typed(member, JsonNodeType.BOOLEAN).map(JsonNode::booleanValue).orElse(false);
    }

    Optional<byte[]> bytes(String member) {
        Optional<JsonNode> node = typed(member, JsonNodeType.STRING);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(node.get().binaryValue());
        } catch (IOException e) {
            throw malformed("Could not parse request body into json: '" + member + "' is not base64");
        }
    }

    Optional<RequestBody> object(String member) {
        return typed(member, JsonNodeType.OBJECT).map(n -> new RequestBody((ObjectNode) n));
    }

    /** A list of texts; empty if the member is missing. */
    List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : typed(member, JsonNodeType.ARRAY).orElse(MAPPER.createArrayNode())) {
            texts.add(require(member, element, JsonNodeType.STRING).textValue());
        }
        return texts;
    }

    /** The members as texts. */
    Map<String, String> textMap() {
        Map<String, String> map = new LinkedHashMap<>();
        root.properties()
                .forEach(p -> map.put(
                        p.getKey(),
                        require(p.getKey(), p.getValue(), JsonNodeType.STRING).textValue()));
        return map;
    }

    /** The members as numbers. */
    Map<String, Double> numberMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        root.properties()
                .forEach(p -> map.put(
                        p.getKey(),
                        require(p.getKey(), p.getValue(), JsonNodeType.NUMBER).doubleValue()));
        return map;
    }

    private Optional<JsonNode> node(String member) {
        return Optional.ofNullable(root.get(member)).filter(n -> !n.isNull());
    }

    private Optional<JsonNode> typed(String member, JsonNodeType type) {
        return node(member).map(n -> require(member, n, type));
    }

    private static JsonNode require(String member, JsonNode node, JsonNodeType type) {
        if (node.getNodeType() != type) {
            throw malformed("Could not parse request body into json: '" + member + "' must be of type " + type
                    + ", got: " + node.getNodeType());
        }
        return node;
    }
}
