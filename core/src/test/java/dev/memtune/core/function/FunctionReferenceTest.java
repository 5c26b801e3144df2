// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "primes, primes, primes,",
        "primes:prod, primes, primes, prod",
        "primes:7, primes, primes, 7",
        "primes:$LATEST, primes, primes,",
        "123456789012:function:primes, 123456789012:function:primes, primes,",
        "123456789012:function:primes:prod, 123456789012:function:primes, primes, prod",
        "arn:aws:lambda:eu-central-1:123456789012:function:primes,"
                + " arn:aws:lambda:eu-central-1:123456789012:function:primes, primes,",
        "arn:aws-cn:lambda:cn-north-1:123456789012:function:primes:prod,"
                + " arn:aws-cn:lambda:cn-north-1:123456789012:function:primes, primes, prod",
        "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:primes,"
                + " arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:primes, primes,"
    })
    void readsEveryForm(String text, String unqualified, String name, String qualifier) {
        FunctionReference reference = FunctionReference.parse(text).orElseThrow();
        assertThat(reference.unqualified()).isEqualTo(unqualified);
        assertThat(reference.name()).isEqualTo(name);
        assertThat(reference.qualifier()).isEqualTo(qualifier);
    }

    @Test
    void knowsTheRegionOfAnArn() {
        String arn = "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:primes";
        assertThat(FunctionReference.parse(arn).orElseThrow().region()).isEqualTo("us-gov-west-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "primes:",
                "arn:aws:s3:::bucket",
                "arn:other:lambda:eu-central-1:123456789012:function:primes",
                "arn:aws:lambda:eu-central-1:12345:function:primes",
                "primes:prod:more"
            })
    void refusesEverythingElse(String text) {
        assertThat(FunctionReference.parse(text)).isEmpty();
    }
}
