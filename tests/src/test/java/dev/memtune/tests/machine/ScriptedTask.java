// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.TaskFailure;
import dev.memtune.local.machine.TaskHandler;
import dev.memtune.local.machine.VirtualTimer;
import dev.memtune.local.machine.data.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A task that answers from a case's table: the first rule for its input, one answer for each call, the last for more. */
final class ScriptedTask implements TaskHandler {
    private final JsonNode rules;
    private final VirtualTimer timer;
    private final Map<JsonNode, Integer> calls = new HashMap<>();

    ScriptedTask(JsonNode rules, VirtualTimer timer) {
        this.rules = rules;
        this.timer = timer;
    }

    @Override
    public byte[] handle(byte[] input) throws Exception {
        JsonNode payload = Json.parse(input);
        JsonNode answer = answer(payload);
        timer.advance(Duration.ofSeconds(answer.path("sleepSeconds").asLong()));
        if (answer.has("error")) {
            String error = answer.get("error").textValue();
            JsonNode document = Json.object()
                    .put("errorMessage", answer.get("message").textValue())
                    .put("errorType", error);
            throw new TaskFailure(error, Json.text(document));
        }
        return Json.bytes(answer.has("echo") ? payload : answer.get("returns"));
    }

    private synchronized JsonNode answer(JsonNode payload) {
        for (JsonNode rule : rules) {
            if (!rule.has("input") || Json.same(rule.get("input"), payload)) {
                int call = calls.merge(rule, 1, Integer::sum);
                JsonNode answers = rule.get("answers");
                return answers.get(Math.min(call, answers.size()) - 1);
            }
        }
        throw new IllegalStateException("no rule for " + payload);
    }
}
