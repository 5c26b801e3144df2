// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.LambdaRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsentOperationsTest extends ServiceFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/2015-03-31/functions/f/policy;404;\"Message\":\"No policy is associated with the given resource.\"",
                "/2021-10-31/functions/f/url;404;\"Message\":\"The resource you requested does not exist.\"",
                "/2021-10-31/functions/f/urls;200;{\"FunctionUrlConfigs\":[]}",
                "/2015-03-31/event-source-mappings;200;{\"EventSourceMappings\":[]}",
                "/2020-06-30/functions/f/code-signing-config;200;\"FunctionName\":\"f\"",
                "/2024-08-31/functions/f/recursion-config;200;{\"RecursiveLoop\":\"Terminate\"}",
                "/2021-07-20/functions/f/runtime-management-config;200;\"UpdateRuntimeOn\":\"Auto\""
            })
    @LambdaRule("ABS-01")
    void answersAsForAFunctionThatHasNone(String path, int status, String part) throws Exception {
        rest.create("f", zip);
        Rest.Answer answer = rest.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().toString()).contains(part);
        if (path.contains("/f/")) {
            assertThat(rest.get(path.replace("/f/", "/gone/")).text("Message")).startsWith("Function not found:");
        }
    }

    @Test
    @LambdaRule("ABS-02")
    void saysWhichOperationIsMissing() throws Exception {
        rest.create("f", zip);
        Rest.Answer streaming = rest.post("/2021-11-15/functions/f/response-streaming-invocations", "{}");

        assertThat(streaming.status()).isEqualTo(501);
        assertThat(streaming.errorType()).isEqualTo("ServiceException");
        assertThat(streaming.text("Message"))
                .isEqualTo("The embedded Lambda service does not support InvokeWithResponseStream.");
    }
}
