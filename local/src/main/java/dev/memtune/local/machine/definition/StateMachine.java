// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state machine that can be interpreted in full.
 *
 * @param flow its states
 * @param timeout the longest that an execution may take; null for no limit
 * @param resources the function ARN of each Task state, by the state's name, in the order of the file
 */
public record StateMachine(Flow flow, @Nullable Duration timeout, Map<String, String> resources) {
    /**
     * The largest definition. Source: <a
     * href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service quotas</a>.
     */
    public static final int MAX_DEFINITION_BYTES = 1_048_576;

    public StateMachine {
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    }

    /**
     * Parses a definition in the Amazon States Language with JSONPath.
     *
     * @throws InvalidDefinition with every problem, if it is invalid or uses what is not supported: JSONata, variables,
     *     distributed maps, heartbeats, service integrations other than plain function ARNs
     */
    public static StateMachine parse(String json) {
        Findings findings = new Findings();
        ObjectNode root = root(json);
        Fields fields = new Fields(root, "the state machine", findings);
        String version = fields.text("Version");
        if (version != null && !version.equals("1.0")) {
            fields.problem("'Version' must be 1.0, got: " + version);
        }
        StateParser.checkQueryLanguage(fields);
        long seconds = fields.number("TimeoutSeconds", 1, Quantity.MAX, 0);
        Flow flow = new FlowParser(findings).parse(fields);
        if (!findings.problems().isEmpty()) {
            throw new InvalidDefinition(findings.problems());
        }
        return new StateMachine(flow, seconds == 0 ? null : Duration.ofSeconds(seconds), findings.resources());
    }

    private static ObjectNode root(String json) {
        int size = json.getBytes(UTF_8).length;
        if (size > MAX_DEFINITION_BYTES) {
            throw new InvalidDefinition(
                    List.of("the definition must have at most " + MAX_DEFINITION_BYTES + " bytes, got: " + size));
        }
        try {
            JsonNode node = Json.parse(json);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new InvalidDefinition(List.of("the definition must be a JSON object, got: " + node.getNodeType()));
        } catch (IOException e) {
            throw new InvalidDefinition(List.of("the definition is not JSON: " + e.getMessage()));
        }
    }
}
