// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'Seconds':30                                    | 30000
            'Seconds':0                                     | 0
            'SecondsPath':'$.n'                             | 7000
            'Timestamp':'2026-01-02T03:04:06Z'              | 322
            'TimestampPath':'$.t'                           | 322
            'Timestamp':'2020-01-01T00:00:00Z'              | 0
            """)
    void waitsAsLongAsItSays(String field, long waitedMs) {
        TestMachine machine = TestMachine.ofState("{'Type':'Wait'," + field + ",'End':true}");
        String input = "{'n':7,'t':'2026-01-02T05:04:06+02:00'}";

        assertThat(machine.output(input)).isEqualTo(input);
        assertThat(machine.sleeps()).containsExactly(Duration.ofMillis(waitedMs));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'SecondsPath':'$.negative'
            'SecondsPath':'$.text'
            'SecondsPath':'$.missing'
            'TimestampPath':'$.text'
            'TimestampPath':'$.missing'
            """)
    void failsWhenTheDataHoldNoTime(String field) {
        TestMachine machine = TestMachine.ofState("{'Type':'Wait'," + field + ",'End':true}");

        assertThat(machine.failure("{'negative':-1,'text':'soon'}").error()).isEqualTo("States.Runtime");
    }

    @Test
    void timesOutInAWaitThatIsLongerThanTheMachineMayRun() {
        TestMachine machine = TestMachine.of("{'StartAt':'S','TimeoutSeconds':60,'States':"
                + "{'S':{'Type':'Wait','Seconds':61,'Next':'E'},'E':{'Type':'Succeed'}}}");

        assertThat(machine.run("{}")).isEqualTo(new ExecutionResult.TimedOut());
        assertThat(machine.events(MachineEvent.StateEntered.class)).hasSize(1);
    }
}
