// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.local.LambdaRule;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke, FunctionName</a>. */
class FunctionReferenceTest {
    private static final FunctionArns ARNS = new FunctionArns("us-east-1", "000000000000");

    @ParameterizedTest
    @CsvSource({
        "f,f,",
        "f:prod,f,prod",
        "f:$LATEST,f,$LATEST",
        "f:12,f,12",
        "000000000000:function:f,f,",
        "000000000000:f:prod,f,prod",
        "function:f,f,",
        "arn:aws:lambda:us-east-1:000000000000:function:f,f,",
        "arn:aws:lambda:us-east-1:000000000000:function:f:prod,f,prod",
        "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST,f,$LATEST",
    })
    @LambdaRule("FN-20")
    void readsEveryForm(String text, String name, String qualifier) {
        assertThat(FunctionReference.parse(text, ARNS))
                .isEqualTo(new FunctionReference(name, Optional.ofNullable(qualifier)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../f", "f:", "f:a:b", "f/g", "f:$OTHER", "a\nb"})
    void refusesOtherForms(String text) {
        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> FunctionReference.parse(text, ARNS))
                .withMessageContaining("at 'functionName' failed to satisfy constraint");
    }

    @Test
    @LambdaRule("FN-21")
    void refusesNamesOver64Characters() {
        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> FunctionReference.parse("f".repeat(65), ARNS))
                .withMessageContaining("less than or equal to 64");
    }

    @Test
    @LambdaRule("FN-22")
    void findsNothingInOtherRegionsAndAccounts() {
        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> FunctionReference.parse("arn:aws:lambda:eu-west-1:000000000000:function:f", ARNS))
                .withMessage("Functions from 'eu-west-1' are not reachable in this region ('us-east-1')");
        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> FunctionReference.parse("111111111111:f", ARNS))
                .withMessageContaining("111111111111");
    }

    @Test
    @LambdaRule("FN-23")
    void refusesTwoDifferentQualifiers() {
        FunctionReference reference = FunctionReference.parse("f:prod", ARNS);

        assertThat(reference.with(Optional.of("prod")).qualifier()).contains("prod");
        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> reference.with(Optional.of("1")))
                .withMessageContaining("does not match the specified qualifier");
    }
}
