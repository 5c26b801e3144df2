// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.ExecutionResult;
import dev.memtune.local.machine.MachineListener;
import dev.memtune.local.machine.Runner;
import dev.memtune.local.machine.Settings;
import dev.memtune.local.machine.TaskHandler;
import dev.memtune.local.machine.VirtualTimer;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.definition.StateMachine;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How a case ended with some interpreter: {status, output} or {status, error, cause}.
 *
 * @param json as the judges write it
 */
record Verdict(JsonNode json) {
    private static final String ARN_PREFIX = "arn:aws:lambda:us-east-1:000000000000:function:";

    /** Our own interpreter's. */
    static Verdict ours(MachineCase machineCase) {
        VirtualTimer timer = new VirtualTimer(Instant.parse("2026-01-01T00:00:00Z"));
        String definition = Json.text(machineCase.json().get("definition")).replace("\"@", "\"" + ARN_PREFIX);
        Map<String, TaskHandler> handlers = new HashMap<>();
        machineCase
                .json()
                .path("tasks")
                .properties()
                .forEach(task -> handlers.put(ARN_PREFIX + task.getKey(), new ScriptedTask(task.getValue(), timer)));
        Settings settings = new Settings(
                "arn:aws:states:us-east-1:000000000000:stateMachine:corpus",
                timer,
                new SplittableRandom(1),
                MachineListener.NONE);
        Runner runner = new Runner(StateMachine.parse(definition), handlers, settings);
        try {
            return of(runner.start("run-1", Json.text(machineCase.json().get("input")))
                    .await());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted in " + machineCase, e);
        } catch (IOException e) {
            throw new IllegalStateException("no JSON from " + machineCase, e);
        }
    }

    private static Verdict of(ExecutionResult result) throws IOException {
        ObjectNode json = Json.object();
        switch (result) {
            case ExecutionResult.Succeeded it -> json.put("status", "SUCCEEDED").set("output", Json.parse(it.output()));
            case ExecutionResult.Failed it ->
                json.put("status", "FAILED").put("error", it.error()).put("cause", it.cause());
            case ExecutionResult.TimedOut it -> json.put("status", "TIMED_OUT");
            case ExecutionResult.Aborted it -> json.put("status", "ABORTED");
        }
        return new Verdict(json);
    }

    /** True if both ended alike. Causes are compared where {@code expected} has one: other texts are each one's own. */
    boolean agrees(Verdict other, JsonNode expected) {
        return same(other, "status")
                && same(other, "output")
                && same(other, "error")
                && (!expected.has("cause") || same(other, "cause"));
    }

    private boolean same(Verdict other, String field) {
        return Json.same(json.path(field), other.json.path(field));
    }
}
