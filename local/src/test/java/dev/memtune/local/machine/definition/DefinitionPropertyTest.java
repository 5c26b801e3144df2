// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.memtune.local.machine.data.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A damaged definition is parsed or refused with its problems; no damage makes the parser itself fail. */
class DefinitionPropertyTest {
    private static final int ROUNDS = 3_000;
    private static final String DEFINITION = """
            {"StartAt":"A","TimeoutSeconds":60,"States":{
             "A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","Parameters":{"x.$":"$.a",
              "y":["States.Format('{}',$.b)",{"z.$":"States.UUID()"}]},"TimeoutSecondsPath":"$.t","ResultPath":"$.r",
              "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"MaxAttempts":3,"BackoffRate":1.5}],
              "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Next":"F"}],"Next":"B"},
             "B":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.a","IsPresent":true},{"Not":{"Variable":"$.a",
              "NumericLessThanPath":"$.b"}}],"Next":"C"},{"Variable":"$.s","StringMatches":"a*","Next":"W"}],"Default":"F"},
             "C":{"Type":"Map","ItemsPath":"$.l","MaxConcurrency":3,"ItemSelector":{"i.$":"$$.Map.Item.Index"},
              "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
              "Next":"D"},
             "D":{"Type":"Parallel","Branches":[{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}],"End":true},
             "W":{"Type":"Wait","Timestamp":"2026-01-01T00:00:00Z","Next":"D"},
             "F":{"Type":"Fail","ErrorPath":"$.e.Error","Cause":"c"}}}""";

    @Test
    void refusesDamagedDefinitionsInWords() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        StateMachine.parse(DEFINITION);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode damaged = Json.parse(DEFINITION);
            damage(damaged, random);
            Throwable thrown = catchThrowable(() -> StateMachine.parse(Json.text(damaged)));
            if (thrown != null) {
                assertThat(thrown).as(Json.text(damaged)).isInstanceOf(InvalidDefinition.class);
                refused++;
            }
        }
        assertThat(refused).isBetween(ROUNDS / 2, ROUNDS);
    }

    private static void damage(JsonNode root, SplittableRandom random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                JsonNode value = object.remove(name);
                switch (random.nextInt(4)) {
                    case 0 -> object.set(name + "x", value);
                    case 1 -> object.set(name, replacement(random));
                    case 2 -> object.putNull(name);
                    default -> assertThat(object.has(name)).isFalse();
                }
            }
            case ArrayNode array -> array.set(random.nextInt(array.size()), replacement(random));
            case JsonNode other -> throw new AssertionError("no container: " + other);
        }
    }

    private static JsonNode replacement(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> TextNode.valueOf("$.[");
            case 1 -> Json.object().arrayNode();
            case 2 -> Json.object().numberNode(-3.5);
            default -> Json.object();
        };
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
