// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import dev.memtune.local.function.Windows;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html">Provisioned concurrency</a>. */
class ProvisionedOperationsTest extends ServiceFixture {
    private static final String PROVISIONED = "/2019-09-30/functions/f/provisioned-concurrency";
    private static final String TWO = "{\"ProvisionedConcurrentExecutions\":2}";

    @BeforeEach
    void createFunction() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");
        rest.alias("f", "prod", "1");
    }

    @Test
    @LambdaRule("PC-01")
    void isReadyAfterTheActivationWindow() throws Exception {
        lambda.switches().windows(new Windows(Duration.ofSeconds(3), Duration.ZERO));
        Rest.Answer put = rest.put(PROVISIONED + "?Qualifier=prod", TWO);
        assertThat(put.status()).isEqualTo(202);
        assertThat(put.text("Status")).isEqualTo("IN_PROGRESS");
        assertThat(put.json().path("AvailableProvisionedConcurrentExecutions").asInt())
                .isZero();
        clock.advance(Duration.ofSeconds(3));
        JsonNode ready = rest.get(PROVISIONED + "?Qualifier=prod").json();

        assertThat(ready.path("Status").asText()).isEqualTo("READY");
        assertThat(ready.path("RequestedProvisionedConcurrentExecutions").asInt())
                .isEqualTo(2);
        assertThat(ready.path("AllocatedProvisionedConcurrentExecutions").asInt())
                .isEqualTo(2);
        assertThat(ready.path("LastModified").asText()).isEqualTo("2026-01-01T00:00:00.000+0000");
    }

    @Test
    @LambdaRule("PC-02")
    void isForVersionsAndAliasesOnly() throws Exception {
        assertThat(rest.put(PROVISIONED + "?Qualifier=$LATEST", TWO).text("message"))
                .isEqualTo("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        assertThat(rest.put(PROVISIONED, TWO).text("message")).contains("at 'qualifier'");
        assertThat(rest.put(PROVISIONED + "?Qualifier=9", TWO).status()).isEqualTo(404);
        assertThat(rest.put(PROVISIONED + "?Qualifier=gone", TWO).text("Message"))
                .startsWith("Cannot find alias arn:");
        assertThat(rest.put(PROVISIONED + "?Qualifier=1", "{\"ProvisionedConcurrentExecutions\":0}")
                        .text("message"))
                .contains("at 'provisionedConcurrentExecutions' failed to satisfy constraint: Member must have value "
                        + "greater than or equal to 1");
    }

    @Test
    @LambdaRule("PC-03")
    void isForAVersionOrForItsAlias() throws Exception {
        rest.put(PROVISIONED + "?Qualifier=1", TWO);
        Rest.Answer alias = rest.put(PROVISIONED + "?Qualifier=prod", TWO);
        assertThat(alias.status()).isEqualTo(409);
        assertThat(alias.text("message"))
                .isEqualTo(
                        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
        assertThat(rest.delete(PROVISIONED + "?Qualifier=1").status()).isEqualTo(204);
        rest.put(PROVISIONED + "?Qualifier=prod", TWO);
        Rest.Answer version = rest.put(PROVISIONED + "?Qualifier=1", TWO);

        assertThat(version.status()).isEqualTo(409);
        assertThat(version.text("message")).isEqualTo("Version is pointed by a Provisioned Concurrency alias");
    }

    @Test
    @LambdaRule("PC-04")
    void answersWhereThereIsNone() throws Exception {
        Rest.Answer none = rest.get(PROVISIONED + "?Qualifier=prod");

        assertThat(none.status()).isEqualTo(404);
        assertThat(none.errorType()).isEqualTo("ProvisionedConcurrencyConfigNotFoundException");
        assertThat(rest.get(PROVISIONED + "?List=ALL").json().path("ProvisionedConcurrencyConfigs"))
                .isEmpty();
    }

    @Test
    @LambdaRule("PC-05")
    void countsAgainstTheAccountsConcurrency() throws Exception {
        rest.put(PROVISIONED + "?Qualifier=prod", "{\"ProvisionedConcurrentExecutions\":300}");
        assertThat(rest.get("/2016-08-19/account-settings")
                        .json()
                        .path("AccountLimit")
                        .path("UnreservedConcurrentExecutions")
                        .asInt())
                .isEqualTo(700);
        assertThat(rest.put(PROVISIONED + "?Qualifier=prod", "{\"ProvisionedConcurrentExecutions\":901}")
                        .text("message"))
                .contains("below its minimum value of [100]");

        assertThat(rest.put(PROVISIONED + "?Qualifier=prod", "{\"ProvisionedConcurrentExecutions\":1001}")
                        .text("message"))
                .contains("greater than account's unreserved concurrency [1000]");
    }

    @Test
    @LambdaRule("PC-06")
    void fitsTheFunctionsReservation() throws Exception {
        String concurrency = "/2017-10-31/functions/f/concurrency";
        rest.put(concurrency, "{\"ReservedConcurrentExecutions\":2}");
        assertThat(rest.put(PROVISIONED + "?Qualifier=prod", "{\"ProvisionedConcurrentExecutions\":3}")
                        .text("message"))
                .isEqualTo("Requested Provisioned Concurrency should not be greater than the "
                        + "reservedConcurrentExecution for function");
        rest.put(PROVISIONED + "?Qualifier=prod", TWO);

        assertThat(rest.put(concurrency, "{\"ReservedConcurrentExecutions\":1}").text("message"))
                .contains("should not be lower than function's total provisioned concurrency [2].");
    }

    @Test
    @LambdaRule("PC-07")
    void keepsEnvironmentsReady() throws Exception {
        rest.put(PROVISIONED + "?Qualifier=prod", TWO);
        assertThat(runner.provisioned).containsExactly("1=2");
        rest.configure("f", "{\"MemorySize\":256}");
        rest.publish("f", "{}");
        rest.put(Rest.FUNCTIONS + "/f/aliases/prod", "{\"FunctionVersion\":\"2\"}");
        assertThat(runner.provisioned).containsExactly("1=2", "2=2", "1=0");
        restart();
        assertThat(runner.provisioned).containsExactly("1=2", "2=2", "1=0", "2=2");
        rest.delete(PROVISIONED + "?Qualifier=prod");

        assertThat(runner.provisioned).endsWith("2=0");
    }

    @Test
    @LambdaRule("PC-08")
    void listsWithPages() throws Exception {
        rest.put(PROVISIONED + "?Qualifier=prod", TWO);
        rest.configure("f", "{\"MemorySize\":256}");
        rest.publish("f", "{}");
        rest.put(PROVISIONED + "?Qualifier=2", TWO);
        JsonNode page = rest.get(PROVISIONED + "?List=ALL&MaxItems=1").json();

        assertThat(page.path("ProvisionedConcurrencyConfigs")
                        .get(0)
                        .path("FunctionArn")
                        .asText())
                .endsWith(":function:f:2");
        assertThat(rest.get(PROVISIONED + "?List=ALL&Marker="
                                + page.path("NextMarker").asText())
                        .json()
                        .path("ProvisionedConcurrencyConfigs")
                        .get(0)
                        .path("FunctionArn")
                        .asText())
                .endsWith(":function:f:prod");
        assertThat(rest.get(PROVISIONED + "?List=ALL&MaxItems=51").text("message"))
                .contains(
                        "at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 50");
    }
}
