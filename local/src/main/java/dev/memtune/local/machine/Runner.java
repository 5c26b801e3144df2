// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.data.StateFailure;
import dev.memtune.local.machine.definition.InvalidDefinition;
import dev.memtune.local.machine.definition.StateMachine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts executions of one machine. Safe for use by many threads. */
public final class Runner {
    /**
     * Names as Step Functions allows them, but without what CloudWatch cannot log. Source: <a
     * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>.
     */
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,80}");

    private final StateMachine machine;
    private final Map<String, TaskHandler> handlers;
    private final Settings settings;

    /**
     * @param handlers the tasks, by function ARN as it stands in the definition; others are ignored
     * @throws InvalidDefinition if a task has no handler
     */
    public Runner(StateMachine machine, Map<String, TaskHandler> handlers, Settings settings) {
        this.machine = machine;
        this.handlers = Map.copyOf(handlers);
        this.settings = settings;
        List<String> problems = machine.resources().entrySet().stream()
                .filter(task -> !handlers.containsKey(task.getValue()))
                .map(task -> "state '" + task.getKey() + "': no handler is given for its resource " + task.getValue())
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidDefinition(problems);
        }
    }

    /**
     * Starts an execution in a virtual thread of its own.
     *
     * @param name 1 to 80 of the characters 0-9, A-Z, a-z, - and _
     * @param input one JSON value of at most 262,144 bytes
     * @throws IllegalArgumentException if the name or the input is not so
     */
    public Execution start(String name, String input) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of an execution must have 1 to 80 of 0-9, A-Z, a-z, '-' and '_', got: " + name);
        }
        JsonNode json = parsed(input);
        Execution execution = new Execution(machine, Run.of(handlers, settings, name, json), name);
        Thread.ofVirtual().name("execution-" + name).start(() -> execution.run(json));
        return execution;
    }

    private static JsonNode parsed(String input) {
        try {
            return Json.limited(Json.parse(input), "The input of the execution");
        } catch (IOException e) {
            throw new IllegalArgumentException("the input of the execution is not JSON: " + e.getMessage(), e);
        } catch (StateFailure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
