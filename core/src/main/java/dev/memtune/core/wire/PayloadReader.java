// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads the events: one value, or a list of which every element has a {@code payload} and a {@code weight}, and possibly a
 * {@code name}. Any other list is one event that happens to be a list.
 */
final class PayloadReader {
    /** Lambda's own limit: <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quotas</a>. */
    static final int EVENT_MAX_BYTES = 6 * 1024 * 1024;

    private static final String FIELD = "payload";
    private static final String OBJECT_FIELD = "payloadS3";
    private static final Set<String> MEMBERS = Set.of("payload", "weight", "name");

    private PayloadReader() {}

    static List<NamedPayload> read(InputFields fields) {
        JsonNode payload = fields.node(FIELD);
        if (payload == null) {
            return List.of(new NamedPayload(FIELD, Json.mapper().createObjectNode(), 1));
        }
        return events(fields, FIELD, payload);
    }

    /** The events in an object that was fetched: JSON if it is, else the text that it is. */
    static List<NamedPayload> readObject(InputFields fields, byte[] object) {
        List<NamedPayload> events = events(fields, OBJECT_FIELD, jsonOrText(object));
        for (NamedPayload event : events) {
            int bytes = Json.write(event.payload()).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > EVENT_MAX_BYTES) {
                String rule = "must have events of at most 6 MB, as Lambda takes";
                fields.problem(OBJECT_FIELD, rule, event.name() + " of " + bytes + " bytes", "Give smaller events");
            }
        }
        return events;
    }

    private static JsonNode jsonOrText(byte[] object) {
        try {
            return Json.tree(object);
        } catch (IllegalArgumentException e) {
            return Json.mapper().getNodeFactory().textNode(new String(object, StandardCharsets.UTF_8));
        }
    }

    private static List<NamedPayload> events(InputFields fields, String field, JsonNode payload) {
        return isWeighted(payload)
                ? weighted(fields, field, payload)
                : List.of(new NamedPayload(field, unwrapped(payload), 1));
    }

    private static boolean isWeighted(JsonNode payload) {
        return payload.isArray()
                && !payload.isEmpty()
                && StreamSupport.stream(payload.spliterator(), false)
                        .allMatch(element -> element.has("payload") && element.has("weight"));
    }

    private static List<NamedPayload> weighted(InputFields fields, String list, JsonNode elements) {
        List<NamedPayload> payloads = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            JsonNode element = elements.get(i);
            String field = list + "[" + i + "]";
            JsonNode weight = element.path("weight");
            boolean heavy = weight.isNumber() && weight.doubleValue() > 0 && Double.isFinite(weight.doubleValue());
            if (!heavy) {
                String remedy = "Give each payload its share, such as 1";
                fields.problem(
                        field + ".weight", "must be a number more than 0", InputFields.shortened(weight), remedy);
            }
            refuseUnknown(fields, field, element);
            String name = element.path("name").asText(field);
            payloads.add(new NamedPayload(name, unwrapped(element.path("payload")), heavy ? weight.doubleValue() : 1));
        }
        return payloads;
    }

    private static void refuseUnknown(InputFields fields, String field, JsonNode element) {
        element.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                String remedy = "A weighted payload has payload, weight and name only";
                fields.problem(
                        field + "." + name, "must be a known field", InputFields.shortened(element.path(name)), remedy);
            }
        });
    }

    /** As AWS Lambda Power Tuning does: a text that is a JSON object or list is sent as that. */
    private static JsonNode unwrapped(JsonNode payload) {
        String text = payload.isTextual() ? payload.textValue().strip() : "";
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return payload;
        }
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return payload;
        }
    }
}
