// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            'Error':'E','Cause':'because'                               | E    | because
            'Error':'E'                                                 | E    | none
            'ErrorPath':'$.e','CausePath':'$.c'                         | Bad  | no luck
            'ErrorPath':'$.e','CausePath':'States.Format(''{}!'',$.c)'  | Bad  | no luck!
            'Error':'E','CausePath':'$$.Execution.Name'                 | E    | run-1
            """)
    void failsTheExecution(String fields, String error, String cause) {
        TestMachine machine = TestMachine.ofState("{'Type':'Fail'," + fields.replace("''", "\\u0027") + "}");

        assertThat(machine.failure("{'e':'Bad','c':'no luck'}")).isEqualTo(new ExecutionResult.Failed(error, cause));
    }

    @Test
    void failsWithoutAnErrorWhenNoneIsGiven() {
        assertThat(TestMachine.ofState("{'Type':'Fail'}").failure("{}"))
                .isEqualTo(new ExecutionResult.Failed("", null));
    }

    @Test
    void acceptsTextUpToTheLimitsAndNothingLonger() {
        TestMachine machine = TestMachine.ofState("{'Type':'Fail','ErrorPath':'$.e','CausePath':'$.c'}");
        String error = "e".repeat(256);
        String cause = "c".repeat(32_768);

        assertThat(machine.failure("{'e':'" + error + "','c':'" + cause + "'}"))
                .isEqualTo(new ExecutionResult.Failed(error, cause));
        assertThat(machine.failure("{'e':'" + error + "x','c':''}").error()).isEqualTo("States.Runtime");
        assertThat(machine.failure("{'e':'','c':'" + cause + "x'}").cause()).contains("'Cause'", "32768", "32769");
        assertThat(machine.failure("{'e':'','c':7}").cause()).contains("'Cause'", "NUMBER");
        assertThat(machine.failure("{'e':''}").cause()).contains("$.c");
    }
}
