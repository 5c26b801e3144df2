// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryTest {
    private static final String CAUGHT = "'C':{'Type':'Pass','End':true}";

    private static TestMachine task(String fields) {
        return TestMachine.of("{'StartAt':'S','States':{'S':{'Type':'Task','Resource':'@f','End':true," + fields + "}"
                + (fields.contains("'Next':'C'") ? "," + CAUGHT : "") + "}}");
    }

    private static TaskHandler failing(String error, int times) {
        AtomicInteger calls = new AtomicInteger();
        return input -> {
            if (calls.getAndIncrement() < times) {
                throw new TaskFailure(error, "{\"errorMessage\":\"call " + calls.get() + "\"}");
            }
            return "\"done\"".getBytes(UTF_8);
        };
    }

    @Test
    void retriesThreeTimesWithDoublingIntervalsByDefault() {
        TestMachine machine = task("'Retry':[{'ErrorEquals':['E']}]").with("f", failing("E", 3));

        assertThat(machine.output("{}")).isEqualTo("'done'");
        assertThat(machine.sleeps())
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(machine.events(MachineEvent.RetryScheduled.class))
                .extracting(MachineEvent.RetryScheduled::retryCount)
                .containsExactly(1, 2, 3);
    }

    @Test
    void failsWithTheLastErrorWhenNoRetryIsLeft() {
        ExecutionResult.Failed failure = task("'Retry':[{'ErrorEquals':['E']}]")
                .with("f", failing("E", 9))
                .failure("{}");

        assertThat(failure).isEqualTo(new ExecutionResult.Failed("E", "{\"errorMessage\":\"call 4\"}"));
    }

    @Test
    void neverRetriesWithMaxAttemptsZero() {
        TestMachine machine = task("'Retry':[{'ErrorEquals':['E'],'MaxAttempts':0},{'ErrorEquals':['States.ALL']}]")
                .with("f", failing("E", 1));

        assertThat(machine.failure("{}").error()).isEqualTo("E");
        assertThat(machine.sleeps()).isEmpty();
    }

    @Test
    void boundsIntervalsByMaxDelaySeconds() {
        TestMachine machine = task("'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':10,'BackoffRate':3,"
                        + "'MaxAttempts':4,'MaxDelaySeconds':50}]")
                .with("f", failing("E", 4));

        machine.output("{}");

        assertThat(machine.sleeps()).extracting(Duration::toSeconds).containsExactly(10L, 30L, 50L, 50L);
    }

    @Test
    void drawsJitterBetweenZeroAndTheInterval() {
        TestMachine machine = task("'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':10,'BackoffRate':1,"
                        + "'MaxAttempts':20,'JitterStrategy':'FULL'}]")
                .with("f", failing("E", 20));

        machine.output("{}");

        assertThat(machine.sleeps()).hasSize(20).doesNotHaveDuplicates().allSatisfy(delay -> assertThat(delay)
                .isBetween(Duration.ZERO, Duration.ofSeconds(10)));
    }

    @Test
    void countsRetriesPerRetrier() {
        AtomicInteger calls = new AtomicInteger();
        TestMachine machine = task("'Retry':[{'ErrorEquals':['A'],'MaxAttempts':2,'IntervalSeconds':1},"
                        + "{'ErrorEquals':['B'],'MaxAttempts':1,'IntervalSeconds':7}]")
                .with("f", input -> {
                    throw new TaskFailure(List.of("A", "B", "A", "A").get(calls.getAndIncrement()), null);
                });

        assertThat(machine.failure("{}").error()).isEqualTo("A");
        assertThat(machine.sleeps()).extracting(Duration::toSeconds).containsExactly(1L, 7L, 2L);
    }

    @Test
    void showsTheRetryCountInTheContextObject() {
        TestMachine machine = task("'Parameters':{'n.$':'$$.State.RetryCount'},'Retry':[{'ErrorEquals':['1']}]")
                .with("f", input -> {
                    String text = new String(input, UTF_8);
                    if (text.equals("{\"n\":0}")) {
                        throw new TaskFailure("1", null);
                    }
                    return input;
                });

        assertThat(machine.output("{}")).isEqualTo("{'n':1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            E                 | E                        | true
            E                 | F                        | false
            E                 | States.ALL               | true
            E                 | States.TaskFailed        | true
            States.Timeout    | States.TaskFailed        | false
            States.Timeout    | States.ALL               | true
            States.Timeout    | States.Timeout           | true
            States.Runtime    | States.ALL               | false
            States.Runtime    | States.Runtime           | false
            """)
    void matchesErrorsAsDocumented(String error, String matcher, boolean isCaught) {
        TestMachine machine =
                task("'Catch':[{'ErrorEquals':['" + matcher + "'],'Next':'C'}]").with("f", failing(error, 1));

        assertThat(machine.run("{}") instanceof ExecutionResult.Succeeded).isEqualTo(isCaught);
    }

    @Test
    void catchesAfterTheLastRetryAndPutsTheErrorWhereResultPathSays() {
        TestMachine machine = task("'Retry':[{'ErrorEquals':['E'],'MaxAttempts':1}],"
                        + "'Catch':[{'ErrorEquals':['X'],'Next':'C'},"
                        + "{'ErrorEquals':['States.ALL'],'ResultPath':'$.failure','Next':'C'}]")
                .with("f", failing("E", 2));

        assertThat(machine.output("{'a':1}"))
                .isEqualTo("{'a':1,'failure':{'Error':'E','Cause':'{\\'errorMessage\\':\\'call 2\\'}'}}");
        assertThat(machine.events(MachineEvent.ErrorCaught.class))
                .extracting(MachineEvent.ErrorCaught::next)
                .containsExactly("C");
    }

    @Test
    void namesAnyOtherExceptionByItsClassAndDescribesItAsLambdaDoes() {
        TestMachine machine = task("'Catch':[{'ErrorEquals':['java.lang.IllegalStateException'],'Next':'C'}],"
                        + "'ResultPath':'$.x'")
                .with("f", input -> {
                    throw new IllegalStateException("broken");
                });

        assertThat(machine.output("{}"))
                .startsWith("{'Error':'java.lang.IllegalStateException','Cause':'{\\'errorMessage\\':\\'broken\\',"
                        + "\\'errorType\\':\\'java.lang.IllegalStateException\\',\\'stackTrace\\':[\\'");
    }

    @Test
    void keepsTheCauseOfADeepStackWithinItsLimit() {
        TestMachine machine = task("'TimeoutSeconds':9").with("f", RecoveryTest::overflow);

        ExecutionResult.Failed failure = machine.failure("{}");

        assertThat(failure.error()).isEqualTo("java.lang.StackOverflowError");
        assertThat(failure.cause()).endsWith("]}").hasSizeLessThan(32_768);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static byte[] overflow(byte[] input) {
        return overflow(input);
    }

    @Test
    void interruptsATaskWhoseTimeIsOver() {
        TestMachine machine = task("'TimeoutSecondsPath':'$.limit',"
                + "'Catch':[{'ErrorEquals':['States.Timeout'],'ResultPath':'$.e','Next':'C'}]");
        machine.with("f", input -> {
            machine.timer.advance(Duration.ofSeconds(5));
            new CountDownLatch(1).await();
            return input;
        });

        assertThat(machine.output("{'limit':5}")).isEqualTo("{'limit':5,'e':{'Error':'States.Timeout','Cause':''}}");
    }

    @Test
    void failsATaskThatIgnoresItsInterruptionAndReturnsTooLate() {
        TestMachine machine = task("'TimeoutSeconds':5");
        machine.with("f", input -> {
            machine.timer.advance(Duration.ofSeconds(6));
            return input;
        });

        assertThat(machine.failure("{}")).isEqualTo(new ExecutionResult.Failed("States.Timeout", null));
    }

    @Test
    void givesEachAttemptItsWholeTime() {
        TestMachine machine = task("'TimeoutSeconds':5,'Retry':[{'ErrorEquals':['E']}]");
        TaskHandler failing = failing("E", 2);
        machine.with("f", input -> {
            machine.timer.advance(Duration.ofSeconds(4));
            return failing.handle(input);
        });

        assertThat(machine.output("{}")).isEqualTo("'done'");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1.5", "true", "100000000"})
    void refusesATimeoutThatIsNoPositiveWholeNumber(String limit) {
        TestMachine machine = task("'TimeoutSecondsPath':'$.limit'").with("f", input -> input);

        ExecutionResult.Failed failure = machine.failure("{'limit':" + limit + "}");

        assertThat(failure.error()).isEqualTo("States.Runtime");
        assertThat(failure.cause()).contains("$.limit", "whole number");
    }

    @ParameterizedTest
    @CsvSource({"''", "{", "1 2", "nonsense"})
    void failsATaskThatReturnsNoJson(String output) {
        TestMachine machine = task("'Catch':[{'ErrorEquals':['States.TaskFailed'],'Next':'C'}]")
                .with("f", input -> output.getBytes(UTF_8));

        assertThat(machine.output("{}")).contains("States.TaskFailed", "must return one JSON value");
    }
}
