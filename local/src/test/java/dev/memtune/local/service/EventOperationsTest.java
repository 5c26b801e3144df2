// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * See <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html">
 * PutFunctionEventInvokeConfig</a>.
 */
class EventOperationsTest extends ServiceFixture {
    private static final String CONFIG = "/2019-09-25/functions/f/event-invoke-config";

    @BeforeEach
    void createFunction() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");
        rest.alias("f", "prod", "1");
    }

    @Test
    @LambdaRule("EIC-01")
    void putReplacesAndUpdateMerges() throws Exception {
        rest.put(CONFIG, "{\"MaximumRetryAttempts\":1}");
        rest.put(CONFIG, "{\"MaximumEventAgeInSeconds\":60}");
        assertThat(rest.get(CONFIG).json().has("MaximumRetryAttempts")).isFalse();
        rest.post(CONFIG, "{\"MaximumRetryAttempts\":0}");
        JsonNode config = rest.get(CONFIG).json();

        assertThat(config.path("MaximumRetryAttempts").asInt()).isZero();
        assertThat(config.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(60);
        assertThat(config.path("FunctionArn").asText()).endsWith(":function:f:$LATEST");
        assertThat(config.path("LastModified").isNumber()).isTrue();
        assertThat(config.path("DestinationConfig").has("OnFailure")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"MaximumRetryAttempts\":3};at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 2",
                "{\"MaximumEventAgeInSeconds\":59};Member must have value greater than or equal to 60",
                "{\"MaximumEventAgeInSeconds\":21601};Member must have value less than or equal to 21600",
                "{};You must specify at least one of error handling or destination setting.",
                "{\"DestinationConfig\":{\"OnFailure\":{\"Destination\":\"nowhere\"}}};at 'destinationConfig.onFailure.destination'",
                "{\"DestinationConfig\":{\"OnSuccess\":{\"Destination\":\"arn:aws:iam:us-east-1:000000000000:role/r\"}}};is invalid.",
                "{\"DestinationConfig\":{\"OnSuccess\":{\"Destination\":\"arn:aws:lambda:us-east-1:000000000000:function:f\"}}};You can't specify the function as a destination for itself.",
                "{\"DestinationConfig\":{\"OnSuccess\":{\"Destination\":\"arn:aws:lambda:us-east-1:000000000000:function:gone\"}}};The destination ARN"
            })
    @LambdaRule("EIC-02")
    void refusesWhatLambdaRefuses(String body, String message) throws Exception {
        Rest.Answer answer = rest.put(CONFIG, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("InvalidParameterValueException");
        assertThat(answer.text("message")).contains(message);
    }

    @Test
    @LambdaRule("EIC-03")
    void belongsToAVersionAnAliasOrLatest() throws Exception {
        rest.put(CONFIG, "{\"MaximumRetryAttempts\":0}");
        rest.put(CONFIG + "?Qualifier=prod", "{\"MaximumRetryAttempts\":1}");
        rest.put(CONFIG + "?Qualifier=1", "{\"MaximumRetryAttempts\":2}");
        JsonNode page = rest.get(CONFIG + "/list?MaxItems=2").json();
        JsonNode rest2 = rest.get(
                        CONFIG + "/list?Marker=" + page.path("NextMarker").asText())
                .json();

        assertThat(page.path("FunctionEventInvokeConfigs")).hasSize(2);
        assertThat(rest2.path("FunctionEventInvokeConfigs")).hasSize(1);
        assertThat(rest.put(CONFIG + "?Qualifier=gone", "{\"MaximumRetryAttempts\":0}")
                        .text("Message"))
                .isEqualTo("The function doesn't exist.");
        assertThat(rest.delete(CONFIG + "?Qualifier=prod").status()).isEqualTo(204);
        Rest.Answer gone = rest.get(CONFIG + "?Qualifier=prod");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.text("Message")).endsWith(":function:f:prod doesn't have an EventInvokeConfig");
    }

    @Test
    @LambdaRule("EIC-04")
    void goesWithItsAliasAndSurvivesARestart() throws Exception {
        rest.put(CONFIG + "?Qualifier=prod", "{\"MaximumRetryAttempts\":0}");
        restart();
        assertThat(rest.get(CONFIG + "?Qualifier=prod").status()).isEqualTo(200);
        rest.delete(Rest.FUNCTIONS + "/f/aliases/prod");

        assertThat(rest.get(CONFIG + "?Qualifier=prod").status()).isEqualTo(404);
    }
}
