// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memtune.local.machine.definition.StateMachine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class ConcurrencyTest {
    private static final String F = "{'StartAt':'F','States':{'F':{'Type':'Task','Resource':'@f','End':true}}}";

    private static TestMachine map(String fields) {
        return TestMachine.ofState("{'Type':'Map','ItemProcessor':" + F + "," + fields + "'End':true}");
    }

    private static String items(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void keepsTheOrderOfTheItems() {
        assertThat(map("").with("f", input -> input).output(items(200))).isEqualTo(items(200));
    }

    @Test
    void makesNothingOfNoItems() {
        assertThat(map("").with("f", input -> input).output("[]")).isEqualTo("[]");
    }

    @Test
    void selectsItemsAndBuildsTheInputOfEach() {
        TestMachine machine = map("'ItemsPath':'$.in.list','ItemSelector':{'i.$':'$$.Map.Item.Index',"
                        + "'v.$':'$$.Map.Item.Value','all.$':'$.in.list.length()','s.$':'$$.State.Name'},"
                        + "'ResultSelector':{'first.$':'$[0]'},'ResultPath':'$.out','OutputPath':'$.out',")
                .with("f", input -> input);

        assertThat(machine.output("{'in':{'list':['a','b']}}")).isEqualTo("{'first':{'i':0,'v':'a','all':2,'s':'S'}}");
    }

    @Test
    void understandsTheOldNames() {
        TestMachine machine = TestMachine.ofState(
                        "{'Type':'Map','Iterator':" + F + ",'Parameters':{'v.$':'$$.Map.Item.Value'},'End':true}")
                .with("f", input -> input);

        assertThat(machine.output("[1]")).isEqualTo("[{'v':1}]");
    }

    @Test
    void showsTheInnermostItemInNestedMaps() {
        String inner = "{'StartAt':'I','States':{'I':{'Type':'Map','End':true,'ItemProcessor':{'StartAt':'P','States':"
                + "{'P':{'Type':'Pass','Parameters':{'i.$':'$$.Map.Item.Index'},'End':true}}}}}}";
        TestMachine machine = TestMachine.ofState("{'Type':'Map','End':true,'ItemProcessor':" + inner + "}");

        assertThat(machine.output("[[5,6],[7]]")).isEqualTo("[[{'i':0},{'i':1}],[{'i':0}]]");
        assertThat(machine.events(MachineEvent.StateEntered.class))
                .extracting(event -> event.place().toString())
                .contains("S", "S[0]/I", "S[0]/I[1]/P", "S[1]/I[0]/P");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'MaxConcurrency':1           | 1
            'MaxConcurrency':3           | 3
            'MaxConcurrencyPath':'$[0]'  | 2
            'MaxConcurrency':0           | 40
            'MaxConcurrency':100         | 40
            """)
    void runsAsManyIterationsAtOnceAsItMay(String field, int width) {
        CyclicBarrier together = new CyclicBarrier(width);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TestMachine machine = map(field + ",").with("f", input -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            together.await(30, TimeUnit.SECONDS);
            running.decrementAndGet();
            return input;
        });

        machine.output("[2" + ",0".repeat(2 * width - 1) + "]");

        assertThat(most).hasValue(width);
    }

    @Test
    void failsTheMapAndStopsTheOtherIterationsWhenOneFails() {
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch waiting = new CountDownLatch(2);
        TestMachine machine = map("").with("f", input -> {
            if (new String(input, UTF_8).equals("1")) {
                waiting.await();
                throw new TaskFailure("E", "one");
            }
            waiting.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
            return input;
        });

        assertThat(machine.failure("[0,1,2]")).isEqualTo(new ExecutionResult.Failed("E", "one"));
        assertThat(interrupted).hasValue(2);
    }

    @Test
    void retriesAWholeMapAndCatchesWhatIsLeft() {
        AtomicInteger calls = new AtomicInteger();
        String retrying = "'MaxConcurrency':1,'Retry':[{'ErrorEquals':['E'],'MaxAttempts':1}],";
        TaskHandler failingTwice = input -> {
            if (new String(input, UTF_8).equals("2") && calls.incrementAndGet() <= 2) {
                throw new TaskFailure("E", null);
            }
            return input;
        };

        assertThat(map(retrying).with("f", failingTwice).failure("[1,2]").error())
                .isEqualTo("E");
        assertThat(map(retrying).with("f", failingTwice).output("[1,2]")).isEqualTo("[1,2]");
    }

    @Test
    void runsBranchesOnTheSameInput() {
        TestMachine machine =
                TestMachine.ofState("{'Type':'Parallel','Parameters':{'v.$':'$.a'},'End':true,'Branches':["
                        + "{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}},"
                        + "{'StartAt':'B','States':{'B':{'Type':'Pass','OutputPath':'$.v','End':true}}}]}");

        assertThat(machine.output("{'a':3}")).isEqualTo("[{'v':3},3]");
    }

    @Test
    void catchesTheErrorOfABranch() {
        TestMachine machine = TestMachine.of("{'StartAt':'S','States':{'S':{'Type':'Parallel','End':true,'Branches':["
                + "{'StartAt':'A','States':{'A':{'Type':'Fail','Error':'E','Cause':'c'}}},"
                + "{'StartAt':'B','States':{'B':{'Type':'Wait','Seconds':5,'End':true}}}],"
                + "'Catch':[{'ErrorEquals':['E'],'Next':'C'}]},'C':{'Type':'Succeed'}}}");

        assertThat(machine.output("{}")).isEqualTo("{'Error':'E','Cause':'c'}");
    }

    @Test
    void failsAMapOverSomethingElseThanAnArray() {
        ExecutionResult.Failed failure =
                map("'ItemsPath':'$.x',").with("f", input -> input).failure("{'x':{}}");

        assertThat(failure.error()).isEqualTo("States.Runtime");
        assertThat(failure.cause()).contains("$.x", "array", "OBJECT");
    }

    @Test
    void interruptsRunningHandlersAndEntersNothingElseWhenAborted() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        AtomicInteger ended = new AtomicInteger();
        TestMachine machine = TestMachine.of("{'StartAt':'S','States':{'S':{'Type':'Map','MaxConcurrency':2,"
                        + "'ItemProcessor':" + F + ",'Next':'E','Catch':[{'ErrorEquals':['States.ALL'],'Next':'E'}]},"
                        + "'E':{'Type':'Succeed'}}}")
                .with("f", input -> {
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return input;
                    } finally {
                        ended.incrementAndGet();
                    }
                });
        Execution execution = machine.start("[1,2,3,4]");
        running.await();

        execution.abort("Stop", "by hand");
        execution.abort("Again", null);

        assertThat(execution.await()).isEqualTo(new ExecutionResult.Aborted("Stop", "by hand"));
        assertThat(execution.result()).contains(new ExecutionResult.Aborted("Stop", "by hand"));
        assertThat(ended).hasValue(2);
        assertThat(machine.events(MachineEvent.StateEntered.class))
                .noneMatch(event -> event.place().state().equals("E"));
        assertThat(machine.events).last().isInstanceOf(MachineEvent.ExecutionEnded.class);
    }

    @Test
    void keepsTheResultOfAnExecutionThatIsOverWhenItIsAbortedLater() throws InterruptedException {
        Execution execution = TestMachine.ofState("{'Type':'Succeed'}").start("1");
        execution.await();

        execution.abort("late", null);

        assertThat(execution.await()).isEqualTo(new ExecutionResult.Succeeded("1"));
    }

    @Test
    void stopsEverythingWhenTheMachineTimesOut() {
        TestMachine machine = TestMachine.of("{'StartAt':'S','TimeoutSeconds':10,'States':{'S':{'Type':'Map',"
                + "'ItemProcessor':" + F + ",'End':true,'Retry':[{'ErrorEquals':['States.ALL']}]}}}");
        CountDownLatch both = new CountDownLatch(2);
        machine.with("f", input -> {
            both.countDown();
            if (new String(input, UTF_8).equals("1")) {
                both.await();
                machine.timer.advance(Duration.ofSeconds(10));
            }
            new CountDownLatch(1).await();
            return input;
        });

        assertThat(machine.run("[1,2]")).isEqualTo(new ExecutionResult.TimedOut());
    }

    @Test
    void countsEventsAsStepFunctionsDoes() throws InterruptedException {
        TestMachine machine = map("").with("f", input -> input);
        Execution execution = machine.start("[1,2]");
        execution.await();

        // started, entered, map started, 2 x (iteration started, entered, 3 of the task, exited, succeeded),
        // map succeeded, exited, execution succeeded
        assertThat(execution.historyEvents()).isEqualTo(3 + 2 * 7 + 3);
    }

    @Test
    void failsAnExecutionWhoseHistoryIsFull() throws InterruptedException {
        TestMachine machine = TestMachine.of("{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},"
                + "'B':{'Type':'Choice','Choices':[{'Variable':'$.x','IsPresent':true,'Next':'C'}],'Default':'A'},"
                + "'C':{'Type':'Succeed'}}}");
        Execution execution = machine.start("{}");

        ExecutionResult result = execution.await();

        assertThat(result).isInstanceOfSatisfying(ExecutionResult.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo("States.Runtime");
            assertThat(failed.cause()).contains("25000");
        });
        assertThat(execution.historyEvents()).isEqualTo(25_000);
    }

    @ParameterizedTest
    @CsvSource({"'',{}", "'a b',{}", "a:b,{}", "ok,nonsense", "ok,''"})
    void refusesToStartWithABadNameOrInput(String name, String input) {
        Runner runner = new Runner(
                StateMachine.parse(TestMachine.quoted("{'StartAt':'S','States':{'S':{'Type':'Succeed'}}}")),
                Map.of(),
                Settings.system("test", MachineListener.NONE));

        assertThatIllegalArgumentException().isThrownBy(() -> runner.start(name, input));
    }

    @Test
    void refusesToStartWithTooMuchInput() {
        TestMachine machine = TestMachine.ofState("{'Type':'Succeed'}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> machine.start("'" + "x".repeat(262_143) + "'"))
                .withMessageContaining("262144");
    }
}
