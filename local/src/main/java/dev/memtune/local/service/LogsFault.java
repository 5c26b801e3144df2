// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.util.Map;

/** An error as CloudWatch Logs answers it. */
final class LogsFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private LogsFault(String code, String message) {
        super(message);
        this.code = code;
    }

    static LogsFault invalid(String message) {
        return new LogsFault("InvalidParameterException", message);
    }

    static LogsFault notFound(String message) {
        return new LogsFault("ResourceNotFoundException", message);
    }

    /** What services of the JSON protocols answer to a call that they do not have. */
    static LogsFault unknown(String target) {
        return new LogsFault(
                "UnknownOperationException", "The embedded Lambda service does not support " + target + ".");
    }

    /** The error in the JSON 1.1 protocol: 400, the code in the body. */
    Reply reply() {
        byte[] body = Reply.ok(Reply.object().put("__type", code).put("message", String.valueOf(getMessage())))
                .body();
        return new Reply(400, Map.of("Content-Type", LogsOperations.CONTENT_TYPE), body, code);
    }
}
