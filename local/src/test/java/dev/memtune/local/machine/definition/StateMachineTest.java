// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.memtune.local.machine.MachineListener;
import dev.memtune.local.machine.Runner;
import dev.memtune.local.machine.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMachineTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:f";

    private static InvalidDefinition refusal(String definition) {
        InvalidDefinition refusal = catchThrowableOfType(
                InvalidDefinition.class,
                () -> StateMachine.parse(definition.replace('\'', '"').replace("@f", ARN)));
        assertThat(refusal).as("refusal of " + definition).isNotNull();
        return refusal;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'Type':'Strange'                                                    | 'Type' must be Task
            'Type':7                                                            | 'Type' must be a string
            'Type':'Succeed','Next':'S'                                         | 'Next' is refused
            'Type':'Succeed','QueryLanguage':'JSONata'                          | 'QueryLanguage' must be JSONPath
            'Type':'Pass'                                                       | exactly one of 'Next' and 'End'
            'Type':'Pass','End':true,'Next':'S'                                 | exactly one of 'Next' and 'End'
            'Type':'Pass','End':'yes'                                           | 'End' must be true or false
            'Type':'Pass','Next':'Nowhere'                                      | leads to 'Nowhere'
            'Type':'Pass','End':true,'Assign':{'x':1}                           | 'Assign' is refused: variables
            'Type':'Pass','End':true,'Output':'{% 1 %}'                         | 'Output' is refused: belongs to JSONata
            'Type':'Pass','End':true,'ResultSelector':{}                        | 'ResultSelector' is refused
            'Type':'Pass','End':true,'Resutl':1                                 | 'Resutl' is refused
            'Type':'Pass','End':true,'InputPath':'a.b'                          | must start with '$'
            'Type':'Pass','End':true,'InputPath':'$variable'                    | variables are not supported
            'Type':'Pass','End':true,'InputPath':'$.a['                         | not a JSONPath
            'Type':'Pass','End':true,'ResultPath':'$.a[*]'                      | only names and indices
            'Type':'Pass','End':true,'ResultPath':'$$.a'                        | single '$'
            'Type':'Pass','End':true,'Parameters':{'a.$':5}                     | 'a.$' must be a path
            'Type':'Pass','End':true,'Parameters':{'a.$':'b'}                   | must start with '$'
            'Type':'Pass','End':true,'Parameters':{'a':1,'a.$':'$.b'}           | side by side
            'Type':'Pass','End':true,'Parameters':{'a.$':'States.Foo($.b)'}     | no intrinsic function 'States.Foo'
            'Type':'Pass','End':true,'Parameters':{'a.$':'States.Array($.b'}    | ')' is missing
            'Type':'Pass','End':true,'Parameters':{'a.$':'States.UUID(1)'}      | takes 0 argument(s), got 1
            'Type':'Task','End':true                                            | 'Resource' is missing
            'Type':'Task','End':true,'Resource':'f'                             | must be the ARN of a function
            'Type':'Task','End':true,'Resource':'arn:aws:states:::lambda:invoke'| must be the ARN of a function
            'Type':'Task','End':true,'Resource':'@f','TimeoutSeconds':0         | 'TimeoutSeconds' must be a whole number
            'Type':'Task','End':true,'Resource':'@f','TimeoutSeconds':1,'TimeoutSecondsPath':'$.t' | exclude each other
            'Type':'Task','End':true,'Resource':'@f','HeartbeatSeconds':1       | heartbeats are not supported
            'Type':'Task','End':true,'Resource':'@f','Retry':{}                 | 'Retry' must be an array
            'Type':'Task','End':true,'Resource':'@f','Retry':[1]                | Retry[0]: must be an object
            'Type':'Task','End':true,'Resource':'@f','Retry':[{}]               | at least one error name
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['States.Typo']}]       | not an error of the language
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['States.ALL','E']}]    | States.ALL must stand alone
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['States.ALL']},{'ErrorEquals':['E']}] | in the last entry
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['E'],'MaxAttempts':-1}]      | 'MaxAttempts'
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['E'],'IntervalSeconds':0}]   | 'IntervalSeconds'
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['E'],'BackoffRate':0.5}]     | 'BackoffRate'
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['E'],'JitterStrategy':'X'}]  | 'JitterStrategy'
            'Type':'Task','End':true,'Resource':'@f','Retry':[{'ErrorEquals':['E'],'MaxDelay':1}]          | 'MaxDelay' is refused
            'Type':'Task','End':true,'Resource':'@f','Catch':[{'ErrorEquals':['E']}]                       | 'Next' is missing
            'Type':'Task','End':true,'Resource':'@f','Catch':[{'ErrorEquals':['E'],'Next':'Nowhere'}]      | leads to 'Nowhere'
            'Type':'Choice'                                                     | at least one rule
            'Type':'Choice','Choices':[{'Variable':'$.a','NumericEquals':1}]    | 'Next' is missing
            'Type':'Choice','Choices':[{'Variable':'$.a','Next':'S'}]           | exactly one comparison
            'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'IsString':true,'Next':'S'}]  | got: [IsNull, IsString]
            'Type':'Choice','Choices':[{'Variable':'$.a','NumericEquals':'1','Next':'S'}]            | must be a Numeric
            'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':'yes','Next':'S'}]                 | must be true or false
            'Type':'Choice','Choices':[{'Variable':'$.a','StringMatches':'\\\\x','Next':'S'}]        | must be followed by
            'Type':'Choice','Choices':[{'NumericEquals':1,'Next':'S'}]                               | 'Variable' is missing
            'Type':'Choice','Choices':[{'Condition':'{% true %}','Next':'S'}]                        | JSONata
            'Type':'Choice','Choices':[{'Not':{'Variable':'$.a','IsNull':true,'Next':'S'},'Next':'S'}] | Not: 'Next' is refused
            'Type':'Wait','End':true                                            | exactly one of Seconds
            'Type':'Wait','End':true,'Seconds':1,'Timestamp':'2026-01-01T00:00:00Z'                  | exactly one of Seconds
            'Type':'Wait','End':true,'Seconds':-1                               | 'Seconds' must be a whole number
            'Type':'Wait','End':true,'Timestamp':'tomorrow'                     | must be a timestamp
            'Type':'Fail','Error':'E','ErrorPath':'$.e'                         | exclude each other
            'Type':'Fail','CausePath':'States.ArrayLength($.a)'                 | must not call States.ArrayLength
            'Type':'Fail','InputPath':'$.a'                                     | 'InputPath' is refused
            'Type':'Parallel','End':true,'Branches':[]                          | at least one branch
            'Type':'Map','End':true                                             | 'ItemProcessor' is missing
            'Type':'Map','End':true,'ItemProcessor':{'StartAt':'S','States':{'S':{'Type':'Succeed'}}}                  | same name
            'Type':'Map','End':true,'ItemProcessor':{'StartAt':'X','States':{'Y':{'Type':'Succeed'}}}                  | 'StartAt' names 'X'
            'Type':'Map','End':true,'ItemReader':{},'ItemProcessor':{'StartAt':'Y','States':{'Y':{'Type':'Succeed'}}}  | distributed
            'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED'},'StartAt':'Y','States':{'Y':{'Type':'Succeed'}}} | must be INLINE
            """)
    void refusesAStateByItsName(String state, String problem) {
        assertThat(refusal("{'StartAt':'S','States':{'S':{" + state + "}}}").problems())
                .anySatisfy(found -> assertThat(found).contains("state '", problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                                            | is not JSON
            []                                                                  | must be a JSON object
            {}                                                                  | 'StartAt' is missing
            {'StartAt':'S','States':{}}                                         | at least one state
            {'StartAt':'X','States':{'S':{'Type':'Succeed'}}}                   | 'StartAt' names 'X'
            {'StartAt':'S','States':{'S':{'Type':'Succeed'},'T':{'Type':'Succeed'}}}   | state 'T': no transition leads to it
            {'StartAt':'S','States':{'S':{'Type':'Succeed'}},'Version':'2'}     | 'Version' must be 1.0
            {'StartAt':'S','States':{'S':{'Type':'Succeed'}},'TimeoutSeconds':0}| 'TimeoutSeconds'
            {'StartAt':'S','States':{'S':{'Type':'Succeed'}},'QueryLanguage':'JSONata'} | 'QueryLanguage' must be JSONPath
            {'StartAt':'S','States':{'S':{'Type':'Succeed'}},'Extra':1}         | 'Extra' is refused
            {'StartAt':'S','States':{'S':{'Type':'Succeed'},'S':{'Type':'Succeed'}}}   | Duplicate
            {'StartAt':'S','States':{'S':7}}                                    | state 'S': it must be an object
            """)
    void refusesAMachine(String definition, String problem) {
        assertThat(refusal(definition)).hasMessageContaining(problem);
    }

    @Test
    void listsEveryProblemAtOnce() {
        InvalidDefinition refusal = refusal("{'StartAt':'A','States':{'A':{'Type':'Pass','InputPath':'x','Next':'B'},"
                + "'B':{'Type':'Wait','Next':'C'}},'Extra':1}");

        assertThat(refusal.problems()).hasSize(4);
        assertThat(refusal).hasMessageContaining("4 problem(s)");
    }

    @Test
    void refusesADefinitionThatIsTooLarge() {
        assertThat(refusal("{'Comment':'" + "x".repeat(1_048_576) + "'}")).hasMessageContaining("1048576");
    }

    @Test
    void namesTheStateWhoseResourceHasNoHandler() {
        StateMachine machine = StateMachine.parse(
                ("{'StartAt':'S','States':{'S':{'Type':'Task','End':true,'Resource':'" + ARN + "'}}}")
                        .replace('\'', '"'));

        assertThat(machine.resources()).containsExactly(Map.entry("S", ARN));
        assertThatExceptionOfType(InvalidDefinition.class)
                .isThrownBy(() -> new Runner(machine, Map.of(), Settings.system("test", MachineListener.NONE)))
                .withMessageContaining("state 'S': no handler")
                .withMessageContaining(ARN);
    }
}
