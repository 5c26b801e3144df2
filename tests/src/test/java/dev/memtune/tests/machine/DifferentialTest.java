// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus with our interpreter and with two of other projects. Where one of them differs, the reason stands here; a
 * difference that has gone must be struck out.
 */
class DifferentialTest {
    /** What moto 5.2.3 does otherwise than AWS documents. */
    private static final Map<String, String> MOTO_DIFFERS = Map.of(
            "choice-missing-variable",
            "we are right: a rule about a value that is not there fails the execution (Choice state, Variable); moto"
                    + " takes the comparison for false",
            "choice-no-match",
            "we are right: States.NoChoiceMatched is the documented name (States Language, Appendix A); moto raises its"
                    + " general States.Runtime",
            "choice-timestamp",
            "we are right: timestamps are compared as moments (RFC 3339 with any offset); moto compares the text",
            "intrinsics-bad-index",
            "we are right: States.IntrinsicFailure is the documented name; moto reports its own IndexError as"
                    + " States.Runtime",
            "map-no-array",
            "we are right: States.QueryEvaluationError belongs to JSONata, moto uses it for JSONPath too",
            "parallel-parameters",
            "we are right: a path with an index is definite and yields the value; moto wraps it in an array",
            "task-runtime-not-caught",
            "we are right: a path that leads nowhere is States.Runtime, which States.ALL does not catch; moto names the"
                    + " error Exception and catches it");

    /** What aws-local-stepfunctions 3.0.0 does otherwise than AWS documents. */
    private static final Map<String, String> NODE_DIFFERS = Map.ofEntries(
            Map.entry(
                    "choice-is-present",
                    "we are right: IsPresent false is true for what is not there; the judge takes false for 'no test'"),
            Map.entry(
                    "choice-is-type",
                    "we are right: a type test with false negates it; the judge takes false for 'no test'"),
            Map.entry(
                    "fail-paths",
                    "we are right: CausePath takes intrinsic functions (Fail state); the judge takes paths only"),
            Map.entry(
                    "intrinsics-bad-index", "we are right: an index outside of the array fails; the judge yields null"),
            Map.entry(
                    "intrinsics-split-empty",
                    "we and moto drop empty parts, the judge keeps them; AWS does not document it"),
            Map.entry(
                    "intrinsics-text",
                    "we are right: each character of StringSplit's second argument splits, as in AWS's example; the judge"
                            + " takes it as one separator"),
            Map.entry("pass-context", "we are right: the context object has State.Name; the judge has no State in it"));

    static List<MachineCase> corpus() {
        return MachineCase.corpus();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void endsAsTheCorpusExpects(MachineCase machineCase) {
        Verdict ours = Verdict.ours(machineCase);

        assertThat(ours.agrees(new Verdict(machineCase.expected()), machineCase.expected()))
                .as("expected %s, got %s", machineCase.expected(), ours.json())
                .isTrue();
    }

    @TestFactory
    Stream<DynamicTest> agreesWithMoto() throws IOException, InterruptedException {
        return agreement(Judge.MOTO, MOTO_DIFFERS);
    }

    @TestFactory
    Stream<DynamicTest> agreesWithAwsLocalStepfunctions() throws IOException, InterruptedException {
        return agreement(Judge.NODE, NODE_DIFFERS);
    }

    private static Stream<DynamicTest> agreement(Judge judge, Map<String, String> differences)
            throws IOException, InterruptedException {
        requireInstalled(judge);
        List<MachineCase> cases = corpus();
        assertThat(cases).extracting(MachineCase::name).containsAll(differences.keySet());
        Map<String, Verdict> verdicts = judge.judge(cases);
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> compare(each, verdict(verdicts, each), differences.get(each.name()))));
    }

    private static Verdict verdict(Map<String, Verdict> verdicts, MachineCase machineCase) {
        Verdict verdict = verdicts.get(machineCase.name());
        return verdict == null ? fail("the judge says nothing about " + machineCase) : verdict;
    }

    private static void compare(MachineCase machineCase, Verdict theirs, @Nullable String reason) {
        Verdict ours = Verdict.ours(machineCase);

        assertThat(ours.agrees(theirs, machineCase.expected()))
                .as("ours %s, theirs %s, known difference: %s", ours.json(), theirs.json(), reason)
                .isEqualTo(reason == null);
    }

    private static void requireInstalled(Judge judge) {
        if (judge.isInstalled()) {
            return;
        }
        String reason = judge.program() + " is not installed; run tests/judges/install.sh";
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }
}
