// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasOperationsTest extends ServiceFixture {
    private static final String ALIASES = Rest.FUNCTIONS + "/f/aliases";

    @BeforeEach
    void publishTwoVersions() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");
        rest.configure("f", "{\"MemorySize\":256}");
        rest.publish("f", "{}");
    }

    @Test
    void createsReadsUpdatesAndDeletes() throws Exception {
        Rest.Answer created = rest.alias("f", "prod", "1");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("AliasArn")).endsWith(":function:f:prod");
        assertThat(rest.get(ALIASES + "/prod").json()).isEqualTo(created.json());

        Rest.Answer moved = rest.put(
                ALIASES + "/prod", "{\"FunctionVersion\":\"2\",\"RevisionId\":\"" + created.text("RevisionId") + "\"}");
        assertThat(moved.text("FunctionVersion")).isEqualTo("2");
        Rest.Answer stale = rest.put(
                ALIASES + "/prod", "{\"FunctionVersion\":\"1\",\"RevisionId\":\"" + created.text("RevisionId") + "\"}");
        assertThat(stale.status()).isEqualTo(412);

        assertThat(rest.delete(ALIASES + "/prod").status()).isEqualTo(204);
        assertThat(rest.get(ALIASES + "/prod").text("Message")).startsWith("Cannot find alias arn: ");
        assertThat(rest.delete(ALIASES + "/prod").status()).isEqualTo(204);
    }

    @Test
    @LambdaRule("ALI-10")
    void keepsAndRemovesWeights() throws Exception {
        rest.alias("f", "prod", "1");
        String weights = "{\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":0.25}}}";
        assertThat(rest.put(ALIASES + "/prod", weights)
                        .json()
                        .path("RoutingConfig")
                        .path("AdditionalVersionWeights")
                        .path("2")
                        .asDouble())
                .isEqualTo(0.25);
        assertThat(rest.put(ALIASES + "/prod", "{\"Description\":\"d\"}").json().has("RoutingConfig"))
                .isTrue();
        JsonNode cleared = rest.put(ALIASES + "/prod", "{\"RoutingConfig\":{\"AdditionalVersionWeights\":{}}}")
                .json();
        assertThat(cleared.has("RoutingConfig")).isFalse();
        assertThat(cleared.path("Description").asText()).isEqualTo("d");
    }

    @Test
    @LambdaRule("ALI-07")
    void routesInvocationsByWeight() throws Exception {
        rest.alias("f", "prod", "1");
        rest.put(ALIASES + "/prod", "{\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":0.5}}}");
        int second = 0;
        for (int i = 0; i < 100; i++) {
            if (rest.invoke("f:prod", "{}").header("X-Amz-Executed-Version").equals("2")) {
                second++;
            }
        }

        assertThat(second).isBetween(35, 65);
        assertThat(runner.invocations.getFirst().invokedFunctionArn()).endsWith(":function:f:prod");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"FunctionVersion\":\"1\"}|Value null at 'name'",
                "{\"Name\":\"a\"}|Value null at 'functionVersion'",
                "{\"Name\":\"12\",\"FunctionVersion\":\"1\"}|Value '12' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
                "{\"Name\":\"a\",\"FunctionVersion\":\"x\"}|at 'functionVersion'",
                "{\"Name\":\"a\",\"FunctionVersion\":\"1\",\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":1.5}}}|between 0.0 and 1.0",
                "{\"Name\":\"a\",\"FunctionVersion\":\"1\",\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":0.1,\"3\":0.1}}}|cannot be greater than 1",
            })
    @LambdaRule("ALI-08")
    void refusesWrongAliases(String body, String message) throws Exception {
        Rest.Answer answer = rest.post(ALIASES, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains(message);
        assertThat(rest.get(ALIASES).json().path("Aliases")).isEmpty();
    }

    @Test
    @LambdaRule("ALI-09")
    void listsByVersion() throws Exception {
        rest.alias("f", "a", "1");
        rest.alias("f", "b", "2");
        rest.alias("f", "c", "2");

        assertThat(rest.get(ALIASES).json().path("Aliases")).hasSize(3);
        assertThat(rest.get(ALIASES + "?FunctionVersion=2").json().path("Aliases"))
                .hasSize(2);
        assertThat(rest.get(ALIASES + "?MaxItems=1").json().has("NextMarker")).isTrue();
    }

    @Test
    void protectsTheVersionUnderneath() throws Exception {
        rest.alias("f", "prod", "1");
        Rest.Answer refused = rest.delete(Rest.FUNCTIONS + "/f?Qualifier=1");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorType()).isEqualTo("ResourceConflictException");
    }
}
