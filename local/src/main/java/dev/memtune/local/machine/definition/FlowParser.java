// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Parses StartAt and States, and checks where their transitions lead. */
final class FlowParser {
    private static final int MAX_NAME_CHARS = 80;

    private final Findings findings;
    private final StateParser stateParser;

    FlowParser(Findings findings) {
        this.findings = findings;
        this.stateParser = new StateParser(findings, this);
    }

    Flow parse(Fields fields) {
        int before = findings.problems().size();
        String startAt = fields.requiredText("StartAt");
        ObjectNode json = fields.object("States");
        fields.refuseUnknown();
        if (json == null || json.isEmpty()) {
            fields.problem("'States' must hold at least one state");
            return new Flow(startAt, Map.of());
        }
        Map<String, State> states = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            checkName(entry.getKey());
            State state = stateParser.parse(entry.getKey(), entry.getValue());
            if (state != null) {
                states.put(entry.getKey(), state);
            }
        }
        Flow flow = new Flow(startAt, states);
        checkTransitions(flow, json, fields);
        if (findings.problems().size() == before) {
            checkReachable(flow);
        }
        return flow;
    }

    private void checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            findings.problem(
                    place(name), "a name must have 1 to " + MAX_NAME_CHARS + " characters, got: " + name.length());
        }
        if (!findings.isNewState(name)) {
            findings.problem(place(name), "another state of this machine has the same name; rename one");
        }
    }

    private void checkTransitions(Flow flow, ObjectNode json, Fields fields) {
        if (!json.has(flow.startAt()) && !flow.startAt().isEmpty()) {
            fields.problem("'StartAt' names '" + flow.startAt() + "', which is not among its states");
        }
        for (State state : flow.states().values()) {
            targets(state)
                    .filter(target -> !target.isEmpty() && !json.has(target))
                    .forEach(target -> findings.problem(
                            place(state.name()),
                            "it leads to '" + target + "', which is not among the states beside it"));
        }
    }

    private void checkReachable(Flow flow) {
        Set<String> reached = new HashSet<>(Set.of(flow.startAt()));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            targets(flow.state(open.pop())).filter(reached::add).forEach(open::push);
        }
        flow.states().keySet().stream()
                .filter(name -> !reached.contains(name))
                .forEach(name -> findings.problem(place(name), "no transition leads to it; remove it"));
    }

    private static Stream<String> targets(State state) {
        return switch (state) {
            case State.Recoverable it ->
                Stream.concat(
                        Stream.ofNullable(it.next()),
                        it.recovery().catchers().stream().map(Catcher::next));
            case State.Choice it ->
                Stream.concat(it.options().stream().map(State.Option::next), Stream.ofNullable(it.otherwise()));
            case State.Wait it -> Stream.ofNullable(it.next());
            case State.Pass it -> Stream.ofNullable(it.next());
            case State.Succeed it -> Stream.empty();
            case State.Fail it -> Stream.empty();
        };
    }

    static String place(String state) {
        return "state '" + state + "'";
    }
}
