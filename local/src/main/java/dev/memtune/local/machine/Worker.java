// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.memtune.local.machine.data.Frame;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.data.StateFailure;
import dev.memtune.local.machine.definition.Flow;
import dev.memtune.local.machine.definition.Quantity;
import dev.memtune.local.machine.definition.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Does the work of the states that can fail: tasks, maps and parallels. */
final class Worker {
    /**
     * As many iterations of an inline map run at once. Source: <a
     * href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html">Using Map state in Inline mode</a>.
     */
    static final int MAX_CONCURRENT_ITERATIONS = 40;

    private final Interpreter interpreter;

    Worker(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /** The state's result, before ResultSelector. */
    JsonNode result(Visit visit, State.Recoverable state) {
        return switch (state) {
            case State.Task task -> task(visit, task);
            case State.MapEach map -> map(visit, map);
            case State.Parallel parallel -> parallel(visit, parallel);
        };
    }

    private static JsonNode task(Visit visit, State.Task task) {
        Frame frame = visit.effective();
        Quantity timeout = task.timeoutSeconds();
        Duration limit = timeout == null ? null : Duration.ofSeconds(timeout.value(frame, 1));
        byte[] input = Json.limited(Json.bytes(frame.input()), "The input of the state '" + task.name() + "'");
        Run run = visit.run();
        TaskHandler handler = Objects.requireNonNull(run.handlers().get(task.resource()), task.resource());
        // LambdaFunctionScheduled, -Started and -Succeeded, -Failed or -TimedOut
        run.history().count(3);
        run.history().tell(new MachineEvent.TaskStarted(run.now(), visit.place(), task.resource(), visit.retryCount()));
        return new TaskCall(handler, visit.branch().scope())
                .run(input, run.settings().timer(), limit);
    }

    private JsonNode map(Visit visit, State.MapEach map) {
        Frame frame = visit.selected();
        JsonNode found = map.items().evaluate(frame);
        if (!(found instanceof ArrayNode items)) {
            throw StateFailure.runtime("The ItemsPath '" + map.items().text() + "' of the state '" + map.name()
                    + "' must lead to an array, got: " + found.getNodeType());
        }
        int asked = (int) map.maxConcurrency().value(frame, 0);
        int width = asked == 0 ? MAX_CONCURRENT_ITERATIONS : Math.min(asked, MAX_CONCURRENT_ITERATIONS);
        // MapStateStarted and MapStateSucceeded or -Failed
        visit.run().history().count(2);
        return array(Crew.run(
                visit.branch().scope(),
                items.size(),
                width,
                (index, scope) -> iteration(visit, map, frame, items.get(index), index, scope)));
    }

    private JsonNode iteration(Visit visit, State.MapEach map, Frame frame, JsonNode item, int index, Scope scope) {
        // MapIterationStarted and MapIterationSucceeded, -Failed or -Aborted
        visit.run().history().count(2);
        Branch branch = visit.branch().iteration(scope, map.name(), index, Branch.mapContext(index, item));
        JsonNode input = map.itemSelector() == null
                ? item
                : map.itemSelector()
                        .fill(new Visit(visit.run(), branch, map, visit.input(), visit.entered(), visit.retryCount())
                                .frame(frame.input()));
        return interpreter.run(map.processor(), input, branch);
    }

    private JsonNode parallel(Visit visit, State.Parallel parallel) {
        JsonNode input = visit.effective().input();
        List<Flow> branches = parallel.branches();
        // ParallelStateStarted and ParallelStateSucceeded or -Failed
        visit.run().history().count(2);
        return array(Crew.run(
                visit.branch().scope(),
                branches.size(),
                branches.size(),
                (index, scope) -> interpreter.run(
                        branches.get(index), input, visit.branch().parallel(scope, parallel.name(), index))));
    }

    private static JsonNode array(List<JsonNode> results) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(results.size());
        return array.addAll(results);
    }
}
