// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFlowTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'InputPath':'$.a'                                   | {'a':{'b':1},'c':2}   | {'b':1}
            'InputPath':null                                    | {'a':1}               | {}
            'OutputPath':null                                   | {'a':1}               | {}
            'OutputPath':'$.a'                                  | {'a':[1,2]}           | [1,2]
            'OutputPath':'$$.Execution.Name'                    | {}                    | 'run-1'
            'Result':{'x.$':'$.a'}                              | {'a':1}               | {'x.$':'$.a'}
            'Result':1,'ResultPath':'$.r'                       | {'a':1}               | {'a':1,'r':1}
            'Result':1,'ResultPath':'$.r.s.t'                   | {'a':1}               | {'a':1,'r':{'s':{'t':1}}}
            'Result':1,'ResultPath':'$.a[1].b'                  | {'a':[0,{'c':3}]}     | {'a':[0,{'c':3,'b':1}]}
            'Result':1,'ResultPath':'$[''x y'']'                | {}                    | {'x y':1}
            'Result':1,'ResultPath':null                        | {'a':1}               | {'a':1}
            'InputPath':'$.a','ResultPath':'$.r'                | {'a':{'b':1}}         | {'a':{'b':1},'r':{'b':1}}
            'Parameters':{'x.$':'$.a','y':[{'z.$':'$.a'}]}      | {'a':7}               | {'x':7,'y':[{'z':7}]}
            'Parameters':{'n.$':'$.list.length()'}              | {'list':[1,2,3]}      | {'n':3}
            'Parameters':{'x.$':'$.list[*].v'}                  | {'list':[{'v':1},{}]} | {'x':[1]}
            'Parameters':{'x.$':'$.list[?(@.v==2)].v'}          | {'list':[{'v':1}]}    | {'x':[]}
            'Parameters':{'x.$':'$.a'}                          | {'a':null}            | {'x':null}
            'Parameters':{'s.$':'$$.State.Name'}                | {}                    | {'s':'S'}
            'Parameters':{'s.$':'$$.State.EnteredTime'}         | {}                    | {'s':'2026-01-02T03:04:05.678Z'}
            'Parameters':{'s.$':'$$.StateMachine.Name'}         | {}                    | {'s':'test'}
            'Parameters':{'s.$':'$$.Execution.Input.q'}         | {'q':1}               | {'s':1}
            """)
    void passesDataThroughAState(String fields, String input, String output) {
        TestMachine machine = TestMachine.ofState("{'Type':'Pass'," + fields.replace("''", "\\u0027") + ",'End':true}");

        assertThat(machine.output(input)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'InputPath':'$.missing'                   | States.Runtime                 | '$.missing'
            'OutputPath':'$.missing'                  | States.Runtime                 | '$.missing'
            'Parameters':{'x.$':'$.missing'}          | States.Runtime                 | 'x.$'
            'Parameters':{'x.$':'$$.Task.Token'}      | States.Runtime                 | context object
            'Result':1,'ResultPath':'$.a.b'           | States.ResultPathMatchFailure  | 'b' needs an object
            'Result':1,'ResultPath':'$.list[5]'       | States.ResultPathMatchFailure  | element 5 does not exist
            """)
    void failsAStateWhosePathsLeadNowhere(String fields, String error, String cause) {
        TestMachine machine = TestMachine.ofState("{'Type':'Pass'," + fields + ",'End':true}");

        ExecutionResult.Failed failure = machine.failure("{'a':1,'list':[]}");

        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure.cause()).contains(cause);
    }

    @Test
    void selectsTheResultOfATaskAndPutsItIntoTheRawInput() {
        TestMachine machine = TestMachine.ofState("{'Type':'Task','Resource':'@f','InputPath':'$.in','Parameters':"
                        + "{'p.$':'$.v'},'ResultSelector':{'got.$':'$.answer'},'ResultPath':'$.out','OutputPath':'$.out',"
                        + "'End':true}")
                .with("f", input -> ("{\"answer\":" + new String(input, UTF_8) + "}").getBytes(UTF_8));

        assertThat(machine.output("{'in':{'v':5}}")).isEqualTo("{'got':{'p':5}}");
    }

    @ParameterizedTest
    @CsvSource({"1.10", "1e2", "123456789012345678901234567890", "0.1000000000000000055511151231257827", "-0", "1E400"})
    void givesNumbersToTasksWithTheirDigits(String number) {
        AtomicReference<String> seen = new AtomicReference<>("");
        TestMachine machine = TestMachine.ofState("{'Type':'Task','Resource':'@f','End':true}")
                .with("f", input -> {
                    seen.set(new String(input, UTF_8));
                    return input;
                });

        machine.run("{'n':" + number + "}");

        String text = Objects.requireNonNull(seen.get());
        String digits = text.substring(5, text.length() - 1);
        assertThat(new BigDecimal(digits)).isEqualTo(new BigDecimal(number));
    }

    @Test
    void givesTextToTasksAsItIs() {
        AtomicReference<String> seen = new AtomicReference<>("");
        TestMachine machine = TestMachine.ofState("{'Type':'Task','Resource':'@f','End':true}")
                .with("f", input -> {
                    seen.set(new String(input, UTF_8));
                    return input;
                });

        machine.run("{'t':'\u00e4\u20ac\ud83d\ude00 </a> \\n'}");

        assertThat(seen.get()).isEqualTo("{\"t\":\"\u00e4\u20ac\ud83d\ude00 </a> \\n\"}");
    }

    @Test
    void failsWhatPassesTheLimitOfAPayload() {
        TestMachine machine = TestMachine.ofState("{'Type':'Pass','Parameters':{'a.$':'$.x','b.$':'$.x'},'End':true}");

        ExecutionResult.Failed failure = machine.failure("{'x':'" + "y".repeat(140_000) + "'}");

        assertThat(failure.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(failure.cause()).contains("The input of the state 'S'").contains("262144");
    }

    @Test
    void catchesDataLimitExceededOnlyByItsName() {
        String task = "{'Type':'Task','Resource':'@f','End':true,'Catch':[{'ErrorEquals':['%s'],'Next':'C'}]}";
        String machine = "{'StartAt':'S','States':{'S':" + task + ",'C':{'Type':'Pass','Result':'caught','End':true}}}";
        TaskHandler large = input -> ("\"" + "y".repeat(262_144) + "\"").getBytes(UTF_8);

        assertThat(TestMachine.of(machine.formatted("States.ALL"))
                        .with("f", large)
                        .failure("{}")
                        .error())
                .isEqualTo("States.DataLimitExceeded");
        assertThat(TestMachine.of(machine.formatted("States.TaskFailed"))
                        .with("f", large)
                        .failure("{}")
                        .error())
                .isEqualTo("States.DataLimitExceeded");
        assertThat(TestMachine.of(machine.formatted("States.DataLimitExceeded"))
                        .with("f", large)
                        .output("{}"))
                .isEqualTo("'caught'");
    }
}
