// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Frame;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.data.Template;
import dev.memtune.local.machine.definition.DataFlow;
import dev.memtune.local.machine.definition.State;
import java.time.Duration;
import java.time.Instant;

/**
 * One attempt at one state.
 *
 * @param input the state's raw input
 * @param entered when the state was entered, the same for all attempts
 * @param retryCount 0 for the first attempt
 */
record Visit(Run run, Branch branch, State state, JsonNode input, Instant entered, int retryCount) {
    Visit retried() {
        return new Visit(run, branch, state, input, entered, retryCount + 1);
    }

    MachineEvent.Place place() {
        return new MachineEvent.Place(branch.label(), state.name());
    }

    /** What expressions see when {@code $} is the given value. */
    Frame frame(JsonNode value) {
        ObjectNode context = Json.object();
        context.setAll(run.context());
        context.putObject("State")
                .put("EnteredTime", Run.time(entered))
                .put("Name", state.name())
                .put("RetryCount", retryCount);
        if (branch.mapContext() != null) {
            context.set("Map", branch.mapContext());
        }
        return new Frame(value, context, run.settings().random());
    }

    /** The input after InputPath. */
    Frame selected() {
        Frame raw = frame(input);
        return raw.withInput(state.dataFlow().input().select(raw));
    }

    /** The input after InputPath and Parameters. */
    Frame effective() {
        Frame selected = selected();
        Template parameters = state.dataFlow().parameters();
        return parameters == null ? selected : selected.withInput(limited(parameters.fill(selected), "The input"));
    }

    /** The output that a result leads to, after ResultSelector, ResultPath and OutputPath. */
    JsonNode output(JsonNode result) {
        DataFlow flow = state.dataFlow();
        Frame frame = frame(result);
        Template selector = flow.resultSelector();
        JsonNode chosen = selector == null ? result : selector.fill(frame);
        Frame combined = frame.withInput(flow.resultPath().apply(input, chosen));
        return limited(flow.output().select(combined), "The output");
    }

    private JsonNode limited(JsonNode payload, String what) {
        return Json.limited(payload, what + " of the state '" + state.name() + "'");
    }

    /** Waits; a cancellation ends the waiting. */
    void sleep(Duration duration) {
        branch.scope().check();
        try {
            run.settings().timer().sleep(duration);
        } catch (InterruptedException e) {
            branch.scope().check();
            throw new IllegalStateException("a thread of the execution was interrupted from outside", e);
        }
        branch.scope().check();
    }
}
