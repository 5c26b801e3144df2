// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code environment}. Values may be secret and are never shown. Names and the bound of 4 KB: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda environment variables</a>.
 */
final class AlgorithmEnvironment {
    private static final String FIELD = "environment";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");
    private static final int MAX_BYTES = 4 * 1024;

    /** Set by Lambda itself; those that begin with {@code _} break the rule for names already. */
    private static final Set<String> RESERVED = Set.of(
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT");

    private AlgorithmEnvironment() {}

    static Map<String, String> read(JsonNode node, AlgorithmFields fields) {
        if (!node.isObject()) {
            fields.refuse(
                    FIELD, "must be an object", AlgorithmFields.shown(node), "Write it as { \"NAME\": \"value\" }");
            return Map.of();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        int bytes = 0;
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            checkName(entry.getKey(), fields);
            if (!entry.getValue().isTextual()) {
                fields.refuse(FIELD + "." + entry.getKey(), "must be a text", "another type", "Put it in quotes");
            }
            String value = entry.getValue().asText();
            variables.put(entry.getKey(), value);
            bytes += utf8Bytes(entry.getKey()) + utf8Bytes(value);
        }
        if (bytes > MAX_BYTES) {
            fields.refuse(
                    FIELD,
                    "must have at most " + MAX_BYTES + " bytes, names and values together",
                    bytes + " bytes",
                    "Move the large ones to a file of the package");
        }
        return variables;
    }

    private static void checkName(String name, AlgorithmFields fields) {
        if (!NAME.matcher(name).matches()) {
            fields.refuse(
                    FIELD,
                    "must have names of a letter and then letters, digits or '_', two characters or more",
                    "'" + name + "'",
                    "Rename it");
        }
        if (RESERVED.contains(name)) {
            fields.refuse(FIELD, "must not set what Lambda sets itself", "'" + name + "'", "Remove or rename it");
        }
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
