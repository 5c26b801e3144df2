// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers the headers besides the usual ones
 * @param body the body; not copied, must not be changed
 * @param errorCode the error code, empty if this is no error
 */
record Reply(int status, Map<String, String> headers, byte[] body, String errorCode) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int FIRST_SERVER_FAULT = 500;

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static Reply ok(ObjectNode body) {
        return json(200, body);
    }

    static Reply created(ObjectNode body) {
        return json(CREATED, body);
    }

    static Reply noContent() {
        return new Reply(NO_CONTENT, Map.of(), new byte[0], "");
    }

    static Reply json(int status, ObjectNode body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), bytes(body), "");
    }

    /** An error as Lambda answers it: the code in a header, type, message and a throttle's reason in the body. */
    static Reply fault(LambdaFault fault) {
        LambdaFault.Kind kind = fault.kind();
        ObjectNode body = object();
        fault.reason().ifPresent(reason -> body.put("Reason", reason));
        body.put("Type", kind.status() >= FIRST_SERVER_FAULT ? "Service" : "User");
        body.put(kind.messageMember(), fault.text());
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("x-amzn-ErrorType", kind.code());
        fault.reason().ifPresent(reason -> headers.put("Retry-After", "1"));
        return new Reply(kind.status(), headers, bytes(body), kind.code());
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a JSON tree can always be written", e);
        }
    }
}
