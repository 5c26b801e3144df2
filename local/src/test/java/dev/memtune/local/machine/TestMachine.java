// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import dev.memtune.local.machine.definition.StateMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A machine under test, in virtual time and with seeded randomness. Single quotes in definitions stand for double ones. */
final class TestMachine {
    static final String ARN_PREFIX = "arn:aws:lambda:us-east-1:000000000000:function:";
    static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    final VirtualTimer timer = new VirtualTimer(START);
    final List<MachineEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, TaskHandler> handlers = new HashMap<>();
    private final String definition;

    private TestMachine(String definition) {
        this.definition = definition;
    }

    /** A machine from its JSON; {@code @name} stands for the ARN of the function of that name. */
    static TestMachine of(String definition) {
        return new TestMachine(quoted(definition).replace("\"@", "\"" + ARN_PREFIX));
    }

    /** A machine of the one state S. */
    static TestMachine ofState(String state) {
        return of("{'StartAt':'S','States':{'S':" + state + "}}");
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }

    TestMachine with(String function, TaskHandler handler) {
        handlers.put(ARN_PREFIX + function, handler);
        return this;
    }

    /** A function that gives these answers, one for each call, the last for all further ones. */
    @SafeVarargs
    final TestMachine answering(String function, Supplier<byte[]>... answers) {
        int[] calls = {0};
        return with(function, input -> {
            synchronized (calls) {
                return answers[Math.min(calls[0]++, answers.length - 1)].get();
            }
        });
    }

    Execution start(String input) {
        Settings settings = new Settings(
                "arn:aws:states:us-east-1:000000000000:stateMachine:test", timer, new SplittableRandom(7), events::add);
        return new Runner(StateMachine.parse(definition), handlers, settings).start("run-1", quoted(input));
    }

    ExecutionResult run(String input) {
        try {
            return start(input).await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** The output of an execution that is expected to succeed, in single quotes. */
    String output(String input) {
        return switch (run(input)) {
            case ExecutionResult.Succeeded succeeded -> succeeded.output().replace('"', '\'');
            case ExecutionResult other -> throw new AssertionError("expected success, got " + other);
        };
    }

    /** The failure of an execution that is expected to fail. */
    ExecutionResult.Failed failure(String input) {
        return switch (run(input)) {
            case ExecutionResult.Failed failed -> failed;
            case ExecutionResult other -> throw new AssertionError("expected a failure, got " + other);
        };
    }

    List<Duration> sleeps() {
        return timer.sleeps();
    }

    <T extends MachineEvent> List<T> events(Class<T> type) {
        synchronized (events) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }
}
