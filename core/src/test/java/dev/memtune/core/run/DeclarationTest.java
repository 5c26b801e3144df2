// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.port.SampleRuns;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationTest {
    private static String words(Map<String, String> tags) {
        return Declaration.of(tags)
                .map(declared -> declared.place(SampleRuns.run("r1").before()) + ": " + declared.line(1024))
                .orElse("");
    }

    @Test
    void namesTheStackAndTheLine() {
        assertThat(words(Map.of("aws:cloudformation:stack-name", "shop", "aws:cloudformation:logical-id", "Primes")))
                .isEqualTo("the template of the stack shop, resource Primes: MemorySize: 1024");
        assertThat(words(Map.of("aws:cloudformation:stack-name", "shop", "managed-by", "terraform")))
                .as("whoever uses Terraform for a stack changes the stack")
                .startsWith("the template of the stack shop: MemorySize");
    }

    @ParameterizedTest
    @CsvSource({"managed-by, Terraform", "terraform, true", "Terraform, module.shop"})
    void knowsTerraformByAnyTagThatNamesIt(String key, String value) {
        assertThat(words(Map.of(key, value, "team", "a")))
                .startsWith("the Terraform resource of ")
                .endsWith("(the function has the tag " + key + "=" + value + "): memory_size = 1024");
    }

    @Test
    void hasNothingToSayOfOtherFunctions() {
        assertThat(words(Map.of("team", "a"))).isEmpty();
    }
}
