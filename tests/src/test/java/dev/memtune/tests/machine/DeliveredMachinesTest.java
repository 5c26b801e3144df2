// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import dev.memtune.local.machine.Substitutions;
import dev.memtune.local.machine.definition.StateMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every task of the machines that are delivered. */
class DeliveredMachinesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(\\w+)}");

    /** A step of ours that is not awake yet. */
    private static final Set<String> COLD = Set.of(
            "Lambda.SnapStartNotReadyException",
            "Lambda.CodeArtifactUserPendingException",
            "Lambda.ResourceConflictException",
            "Lambda.TooManyRequestsException");
    /** A run that waits its turn: for hours, so less often and longer. */
    private static final List<String> TURN =
            List.of("dev.memtune.core.failure.Queued", "dev.memtune.core.failure.Full");
    /** Steps that may be repeated whatever went wrong: they invoke nothing of the user's. */
    private static final Set<String> REPEATABLE = Set.of("Clean", "Record");

    private static final double MIN_WAKE_UP_SECONDS = 240;

    /**
     * A task and what surrounds it.
     *
     * @param inMap whether a Map runs it, whose Catch is the task's
     */
    record Task(String name, JsonNode state, boolean inMap) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Task> tasks() {
        return Stream.of("memtune", "recovery")
                .flatMap(name -> tasks(Json.tree(bytes(machine(name))).path("States"), false));
    }

    private static Stream<Task> tasks(JsonNode states, boolean inMap) {
        return states.properties().stream().flatMap(entry -> {
            JsonNode state = entry.getValue();
            return switch (state.path("Type").asText()) {
                case "Task" -> Stream.of(new Task(entry.getKey(), state, inMap));
                case "Map" -> tasks(state.path("ItemProcessor").path("States"), true);
                default -> Stream.of();
            };
        });
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void hasATimeOutThatItsFunctionCannotOutlive(Task task) throws IOException {
        String function = SUBSTITUTION
                .matcher(task.state().path("Resource").asText())
                .results()
                .map(found -> found.group(1).replaceAll("Arn$", ""))
                .findFirst()
                .orElseThrow();
        String template = Files.readString(ROOT.resolve("template.yaml"));
        String declaration = template.substring(template.indexOf("\n  " + function + ":\n"));
        MatchResult timeout = Pattern.compile("\n      Timeout: (\\d+)\n")
                .matcher(declaration)
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(task.state().path("TimeoutSeconds").asInt()).isEqualTo(Integer.parseInt(timeout.group(1)));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void waitsForItsFunctionToWakeUpFirst(Task task) {
        JsonNode first = task.state().path("Retry").path(0);
        assertThat(errors(first)).containsAll(COLD);
        assertThat(longestWait(first)).isGreaterThanOrEqualTo(MIN_WAKE_UP_SECONDS);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void isRepeatedByNamedErrorsWithJitterAndABound(Task task) {
        for (JsonNode retrier : task.state().path("Retry")) {
            assertThat(retrier.path("JitterStrategy").asText()).isEqualTo("FULL");
            boolean isWaiting = errors(retrier).equals(TURN);
            assertThat(retrier.path("MaxAttempts").asInt()).isBetween(1, isWaiting ? 200 : 30);
            assertThat(retrier.path("MaxDelaySeconds").asInt()).isBetween(1, isWaiting ? 120 : 60);
            if (!REPEATABLE.contains(task.name())) {
                assertThat(errors(retrier)).doesNotContain("States.ALL", "States.TaskFailed");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void isCaught(Task task) {
        boolean catchesAll =
                stream(task.state().path("Catch")).anyMatch(one -> errors(one).contains("States.ALL"));
        assertThat(catchesAll || task.inMap()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memtune", "recovery"})
    void isUnderstoodByTheInterpreterAndGetsEverySubstitutionFromTheTemplate(String name) throws IOException {
        String machine = machine(name);
        Map<String, String> values = new LinkedHashMap<>();
        SUBSTITUTION
                .matcher(machine)
                .results()
                .map(found -> found.group(1))
                .forEach(
                        variable -> values.put(variable, "arn:aws:lambda:us-east-1:123456789012:function:" + variable));
        StateMachine.parse(Substitutions.apply(machine, values));
        String template = Files.readString(ROOT.resolve("template.yaml"));
        String declaration = template.substring(template.indexOf("statemachine/" + name + ".asl.json"));
        String substitutions = declaration.substring(0, declaration.indexOf("      Type: STANDARD"));
        assertThat(values.keySet()).allMatch(variable -> substitutions.contains("        " + variable + ": !Ref "));
    }

    private static double longestWait(JsonNode retrier) {
        double seconds = 0;
        double next = retrier.path("IntervalSeconds").asDouble();
        for (int attempt = 0; attempt < retrier.path("MaxAttempts").asInt(); attempt++) {
            seconds += Math.min(next, retrier.path("MaxDelaySeconds").asDouble());
            next *= retrier.path("BackoffRate").asDouble();
        }
        return seconds;
    }

    private static List<String> errors(JsonNode recovery) {
        return stream(recovery.path("ErrorEquals")).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String machine(String name) {
        try {
            return Files.readString(ROOT.resolve("statemachine").resolve(name + ".asl.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
