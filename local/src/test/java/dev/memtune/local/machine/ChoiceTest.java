// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {

    private static TestMachine choosing(String rule) {
        return TestMachine.of(
                "{'StartAt':'S','States':{'S':{'Type':'Choice','Choices':[" + rule.substring(0, rule.length() - 1)
                        + ",'Next':'Yes'}],'Default':'No'},'Yes':{'Type':'Pass','Result':true,'End':true},"
                        + "'No':{'Type':'Pass','Result':false,'End':true}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'Variable':'$.s','StringEquals':'abc'}                                  | true
            {'Variable':'$.s','StringEquals':'abd'}                                  | false
            {'Variable':'$.n','StringEquals':'5'}                                    | false
            {'Variable':'$.s','StringEqualsPath':'$.s'}                              | true
            {'Variable':'$.s','StringLessThan':'abd'}                                | true
            {'Variable':'$.s','StringLessThanEquals':'abc'}                          | true
            {'Variable':'$.s','StringGreaterThan':'abc'}                             | false
            {'Variable':'$.s','StringGreaterThanEquals':'abc'}                       | true
            {'Variable':'$.s','StringGreaterThanPath':'$.t'}                         | true
            {'Variable':'$.s','StringMatches':'a*'}                                  | true
            {'Variable':'$.s','StringMatches':'*c*'}                                 | true
            {'Variable':'$.s','StringMatches':'b*'}                                  | false
            {'Variable':'$.star','StringMatches':'x\\\\*y'}                          | true
            {'Variable':'$.s','StringMatches':'a\\\\*'}                              | false
            {'Variable':'$.n','NumericEquals':5}                                     | true
            {'Variable':'$.n','NumericEquals':5.0}                                   | true
            {'Variable':'$.s','NumericEquals':5}                                     | false
            {'Variable':'$.n','NumericEqualsPath':'$.five'}                          | true
            {'Variable':'$.n','NumericLessThan':5.5}                                 | true
            {'Variable':'$.n','NumericLessThanEquals':4.9}                           | false
            {'Variable':'$.n','NumericGreaterThan':4}                                | true
            {'Variable':'$.n','NumericGreaterThanEquals':5}                          | true
            {'Variable':'$.n','NumericGreaterThanPath':'$.s'}                        | false
            {'Variable':'$.b','BooleanEquals':true}                                  | true
            {'Variable':'$.b','BooleanEquals':false}                                 | false
            {'Variable':'$.b','BooleanEqualsPath':'$.b'}                             | true
            {'Variable':'$.t','TimestampEquals':'2026-01-01T01:00:00+01:00'}         | true
            {'Variable':'$.t','TimestampLessThan':'2026-01-01T00:00:00.001Z'}        | true
            {'Variable':'$.t','TimestampGreaterThan':'2025-12-31T23:59:59Z'}         | true
            {'Variable':'$.t','TimestampGreaterThanEquals':'2026-01-02T00:00:00Z'}   | false
            {'Variable':'$.t','TimestampLessThanEqualsPath':'$.t'}                   | true
            {'Variable':'$.s','TimestampEqualsPath':'$.s'}                           | false
            {'Variable':'$.s','IsString':true}                                       | true
            {'Variable':'$.n','IsString':true}                                       | false
            {'Variable':'$.n','IsString':false}                                      | true
            {'Variable':'$.n','IsNumeric':true}                                      | true
            {'Variable':'$.b','IsBoolean':true}                                      | true
            {'Variable':'$.t','IsTimestamp':true}                                    | true
            {'Variable':'$.s','IsTimestamp':true}                                    | false
            {'Variable':'$.nil','IsNull':true}                                       | true
            {'Variable':'$.s','IsNull':false}                                        | true
            {'Variable':'$.nil','IsPresent':true}                                    | true
            {'Variable':'$.missing','IsPresent':true}                                | false
            {'Variable':'$.missing','IsPresent':false}                               | true
            {'Variable':'$$.Execution.Name','StringEquals':'run-1'}                  | true
            {'Not':{'Variable':'$.b','BooleanEquals':true}}                          | false
            {'And':[{'Variable':'$.b','BooleanEquals':true},{'Variable':'$.n','NumericEquals':6}]} | false
            {'Or':[{'Variable':'$.b','BooleanEquals':false},{'Variable':'$.n','NumericEquals':5}]} | true
            {'And':[{'Variable':'$.missing','IsPresent':true},{'Variable':'$.missing','NumericEquals':1}]} | false
            {'Not':{'Or':[{'Variable':'$.n','NumericEquals':1},{'Variable':'$.s','StringEquals':'x'}]}}    | true
            """)
    void decides(String rule, boolean expected) {
        String input = "{'s':'abc','n':5,'five':5.00,'b':true,'nil':null,'t':'2026-01-01T00:00:00Z','star':'x*y'}";

        assertThat(choosing(rule).output(input)).isEqualTo(String.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'Variable':'$.missing','StringEquals':'x'}
            {'Variable':'$.missing','IsNull':true}
            {'Variable':'$.n','NumericEqualsPath':'$.missing'}
            """)
    void failsOnDataThatAreNotThere(String rule) {
        ExecutionResult.Failed failure = choosing(rule).failure("{'n':1}");

        assertThat(failure.error()).isEqualTo("States.Runtime");
        assertThat(failure.cause()).contains("$.missing");
    }

    @Test
    void failsWhenNoRuleMatchesAndThereIsNoDefault() {
        TestMachine machine = TestMachine.of("{'StartAt':'S','States':{'S':{'Type':'Choice','Choices':["
                + "{'Variable':'$.n','NumericEquals':1,'Next':'E'}]},'E':{'Type':'Succeed'}}}");

        assertThat(machine.output("{'n':1}")).isEqualTo("{'n':1}");
        assertThat(machine.failure("{'n':2}").error()).isEqualTo("States.NoChoiceMatched");
    }

    @Test
    void takesTheFirstRuleThatMatches() {
        TestMachine machine =
                TestMachine.of("{'StartAt':'S','States':{'S':{'Type':'Choice','OutputPath':'$.n','Choices':["
                        + "{'Variable':'$.n','NumericGreaterThan':1,'Next':'A'},{'Variable':'$.n','NumericGreaterThan':0,'Next':'B'}]},"
                        + "'A':{'Type':'Fail'},'B':{'Type':'Succeed'}}}");

        assertThat(machine.output("{'n':1}")).isEqualTo("1");
    }
}
