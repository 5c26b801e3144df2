// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Expression;
import dev.memtune.local.machine.data.Frame;
import dev.memtune.local.machine.data.StateFailure;
import dev.memtune.local.machine.definition.Flow;
import dev.memtune.local.machine.definition.State;
import org.jspecify.annotations.Nullable;

/** Goes from state to state. The history's limit bounds the number of steps. */
final class Interpreter {
    private final Run run;
    private final Recoverer recoverer = new Recoverer(new Worker(this));

    Interpreter(Run run) {
        this.run = run;
    }

    /** @throws StateFailure if a state fails and nothing catches it */
    JsonNode run(Flow flow, JsonNode input, Branch branch) {
        JsonNode data = input;
        String name = flow.startAt();
        while (name != null) {
            branch.scope().check();
            Outcome outcome = step(new Visit(run, branch, flow.state(name), data, run.now(), 0));
            data = outcome.output();
            name = outcome.next();
        }
        return data;
    }

    private Outcome step(Visit visit) {
        run.history().count(1);
        run.history().tell(new MachineEvent.StateEntered(visit.entered(), visit.place(), visit.input()));
        Outcome outcome =
                switch (visit.state()) {
                    case State.Recoverable state -> recoverer.run(visit, state);
                    case State.Choice state -> choose(visit, state);
                    case State.Wait state -> waiting(visit, state);
                    case State.Pass state -> pass(visit, state);
                    case State.Succeed state ->
                        new Outcome(visit.output(visit.selected().input()), null);
                    case State.Fail state -> throw failure(visit, state);
                };
        run.history().count(1);
        run.history().tell(new MachineEvent.StateExited(run.now(), visit.place(), outcome.output(), outcome.next()));
        return outcome;
    }

    private static Outcome choose(Visit visit, State.Choice state) {
        Frame frame = visit.selected();
        String next = state.options().stream()
                .filter(option -> option.rule().isTrue(frame))
                .map(State.Option::next)
                .findFirst()
                .orElse(state.otherwise());
        if (next == null) {
            throw new StateFailure(
                    StateFailure.NO_CHOICE_MATCHED,
                    "No rule of the state '" + state.name() + "' is true for its input");
        }
        return new Outcome(visit.output(frame.input()), next);
    }

    private Outcome waiting(Visit visit, State.Wait state) {
        Frame frame = visit.selected();
        visit.sleep(state.delay().from(run.now(), frame));
        return new Outcome(visit.output(frame.input()), state.next());
    }

    private static Outcome pass(Visit visit, State.Pass state) {
        JsonNode input = visit.effective().input();
        return new Outcome(visit.output(state.result() == null ? input : state.result()), state.next());
    }

    private static StateFailure failure(Visit visit, State.Fail state) {
        Frame frame = visit.frame(visit.input());
        String error = text(state.error(), "Error", State.Fail.MAX_ERROR_CHARS, frame);
        return new StateFailure(
                error == null ? "" : error, text(state.cause(), "Cause", State.Fail.MAX_CAUSE_CHARS, frame));
    }

    private static @Nullable String text(@Nullable Expression expression, String field, int maxChars, Frame frame) {
        if (expression == null) {
            return null;
        }
        JsonNode value = expression.evaluate(frame);
        if (!value.isTextual() || value.textValue().length() > maxChars) {
            throw StateFailure.runtime("The '" + field + "' of a Fail state must be a string of at most " + maxChars
                    + " characters, got a value of " + value.asText().length() + " characters of type "
                    + value.getNodeType());
        }
        return value.textValue();
    }
}
