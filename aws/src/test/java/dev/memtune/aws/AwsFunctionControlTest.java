// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static dev.memtune.aws.ScriptedLambda.error;
import static dev.memtune.aws.ScriptedLambda.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionTraits;
import dev.memtune.core.port.LambdaFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an endpoint does that the embedded service does not; what both do is tested against that one. */
class AwsFunctionControlTest {
    private static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:work";
    private static final String BARE = "{\"FunctionName\":\"work\",\"MemorySize\":512,\"Timeout\":3}";

    private final List<String> warnings = new ArrayList<>();
    private ScriptedLambda lambda;
    private LambdaClients clients;
    private AwsFunctionControl control;

    @BeforeEach
    void start() throws IOException {
        lambda = new ScriptedLambda();
        clients = lambda.clients(ScriptedLambda.PATIENT);
        control = new AwsFunctionControl(clients, warnings::add);
    }

    @AfterEach
    void stop() {
        clients.close();
        lambda.close();
    }

    @Test
    void namesWhatAConfigurationLacksOnce() {
        lambda.answering(json(200, BARE));
        control.configuration("work", "3");
        FunctionConfiguration bare = control.configuration("work", "3");
        assertThat(bare.revisionId()).isNull();
        assertThat(bare.codeSha256()).isNull();
        assertThat(bare.isActive() && bare.isSettled()).isTrue();
        assertThat(warnings)
                .satisfiesExactly(first -> assertThat(first).contains("RevisionId"), second -> assertThat(second)
                        .contains("CodeSha256"));
    }

    @Test
    void tellsAGapOncePerProcessHoweverManyControlsThereAre() {
        lambda.answering(json(200, BARE));
        control.configuration("work", "3");
        new AwsFunctionControl(clients, warnings::add).configuration("work", "3");
        assertThat(warnings).hasSize(2);
    }

    private FunctionTraits traits(String members) {
        lambda.answering(json(200, BARE.replace("}", members + "}")));
        return control.configuration("work", "3").traits();
    }

    @Test
    void readsWhatChargesBesideComputation() {
        FunctionTraits charged =
                traits(",\"EphemeralStorage\":{\"Size\":2048},\"SnapStart\":{\"ApplyOn\":\"PublishedVersions\"}");
        assertThat(charged.ephemeralMB()).isEqualTo(2_048);
        assertThat(charged.snapStart()).isTrue();
    }

    @Test
    void takesTheLeastWhereNothingIsSaidOfIt() {
        FunctionTraits unstated = traits("");
        assertThat(unstated.ephemeralMB()).isEqualTo(FunctionTraits.LEAST_EPHEMERAL_MB);
        assertThat(unstated.snapStart()).isFalse();
        assertThat(traits(",\"EphemeralStorage\":{},\"SnapStart\":{\"ApplyOn\":\"None\"}"))
                .isEqualTo(unstated);
    }

    @Test
    void needsTheMemorySize() {
        lambda.answering(json(200, "{\"Timeout\":3}"));
        assertThatExceptionOfType(LambdaFault.Unsupported.class)
                .isThrownBy(() -> control.configuration("work", "3"))
                .withMessageContaining("MemorySize");
    }

    @Test
    void goesOnWithoutLimitsThatTheEndpointDoesNotKnow() {
        lambda.answering(json(404, "no such page"));
        assertThat(control.reservedConcurrency("work")).isEmpty();
        assertThat(control.accountLimits().unreservedConcurrency()).isEmpty();
        assertThat(control.reservedConcurrency("work")).isEmpty();
        assertThat(warnings)
                .satisfiesExactly(
                        first -> assertThat(first).contains("GetFunctionConcurrency"),
                        second -> assertThat(second).contains("GetAccountSettings"));
    }

    @Test
    void namesThePermissionThatALimitNeeds() {
        lambda.answering(error(403, "AccessDeniedException"));
        assertThat(control.reservedConcurrency("work")).isEmpty();
        assertThat(control.accountLimits().unreservedConcurrency()).isEmpty();
        assertThat(warnings)
                .satisfiesExactly(
                        first -> assertThat(first).contains("lambda:GetFunctionConcurrency is not allowed"),
                        second -> assertThat(second).contains("lambda:GetAccountSettings is not allowed"));
    }

    @Test
    void tellsWhatCallsLatestItself() {
        String arn = "arn:aws:lambda:us-east-1:123456789012:function:work";
        lambda.answering(
                json(
                        200,
                        "{\"EventSourceMappings\":[{\"UUID\":\"u1\",\"FunctionArn\":\"" + arn
                                + "\",\"EventSourceArn\":\"arn:aws:sqs:us-east-1:123456789012:jobs\"},{\"UUID\":\"u2\",\"FunctionArn\":\""
                                + arn + ":prod\",\"EventSourceArn\":\"arn:aws:sqs:us-east-1:123456789012:other\"}]}"),
                json(200, "{\"FunctionUrl\":\"https://abc.example/\",\"FunctionArn\":\"" + arn + "\"}"),
                json(
                        200,
                        "{\"Policy\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":"
                                + "{\\\"Service\\\":\\\"s3.amazonaws.com\\\"}}]}\"}"));
        assertThat(control.callersOfLatest("work"))
                .containsExactly(
                        "the event source mapping of arn:aws:sqs:us-east-1:123456789012:jobs",
                        "the function URL https://abc.example/",
                        "the permission of s3.amazonaws.com to call it without a qualifier");
    }

    @Test
    void namesThePermissionThatLookingForCallersNeeds() {
        lambda.answering(error(403, "AccessDeniedException"));
        assertThat(control.callersOfLatest("work")).isEmpty();
        assertThat(warnings).first().asString().contains("lambda:ListEventSourceMappings is not allowed");
    }

    @Test
    void tellsWhereFailuresGoAndDoesNotTakeARefusalForNowhere() {
        lambda.answering(json(
                200,
                "{\"FunctionEventInvokeConfigs\":[{\"DestinationConfig\":{\"OnFailure\":"
                        + "{\"Destination\":\"arn:aws:sqs:us-east-1:123456789012:dead\"}}}]}"));
        assertThat(control.failureDestinations("work")).containsExactly("arn:aws:sqs:us-east-1:123456789012:dead");
        lambda.answering(error(403, "AccessDeniedException"));
        assertThatExceptionOfType(LambdaFault.Denied.class).isThrownBy(() -> control.failureDestinations("work"));
    }

    @Test
    void sendsTheWholeLoggingConfigurationWithTheLevel() {
        lambda.answering(
                json(
                        200,
                        "{\"MemorySize\":128,\"Timeout\":3,\"LoggingConfig\":{\"LogFormat\":\"JSON\","
                                + "\"ApplicationLogLevel\":\"ERROR\",\"SystemLogLevel\":\"WARN\",\"LogGroup\":\"/g\"}}"),
                json(200, "{\"MemorySize\":256,\"Timeout\":3}"));
        control.updateMemoryAndLogLevel("work", 256, "INFO", "r1");
        assertThat(lambda.requests())
                .last()
                .asString()
                .contains("\"ApplicationLogLevel\":\"ERROR\"", "\"SystemLogLevel\":\"INFO\"", "\"LogGroup\":\"/g\"");
    }

    @Test
    void hasNoReservedConcurrencyWithoutAWarning() {
        lambda.answering(json(200, "{}"));
        assertThat(control.reservedConcurrency("work")).isEmpty();
        lambda.answering(json(200, "{\"ReservedConcurrentExecutions\":0}"));
        assertThat(control.reservedConcurrency("work")).hasValue(0);
        assertThat(warnings).isEmpty();
    }

    @Test
    void doesNotTakeTagsThatMayNotBeReadForNone() {
        lambda.answering(error(403, "AccessDeniedException"));
        assertThatExceptionOfType(LambdaFault.Denied.class).isThrownBy(() -> control.tags(ARN));
        lambda.answering(json(200, "{\"Tags\":{\"team\":\"a\"}}"));
        assertThat(control.tags(ARN)).containsEntry("team", "a");
        assertThat(warnings).isEmpty();
    }

    @Test
    void countsAFunctionAsUntaggedWhereThereAreNoTags() {
        lambda.answering(json(404, ""));
        assertThat(control.tags(ARN)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("ListTags");
    }

    @Test
    void doesNotTakeARouteThatIsMissingForAnAliasThatIs() {
        lambda.answering(json(404, "no such page"));
        assertThatExceptionOfType(LambdaFault.Unsupported.class).isThrownBy(() -> control.alias("work", "prod"));
        assertThatExceptionOfType(LambdaFault.Unsupported.class).isThrownBy(() -> control.deleteVersion("work", "3"));
        lambda.answering(error(404, "ResourceNotFoundException"));
        assertThat(control.alias("work", "prod")).isEmpty();
        control.deleteVersion("work", "3");
        assertThat(lambda.requests()).last().asString().startsWith("DELETE /2015-03-31/functions/work?Qualifier=3");
    }

    @Test
    void neverDeletesAWholeFunction() {
        lambda.answering(json(204, ""));
        for (String version : List.of("", " ", "$LATEST")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.deleteVersion("work", version))
                    .withMessageContaining("version");
        }
        assertThat(lambda.requests()).isEmpty();
    }

    @Test
    void readsLatestByTheFunctionsOwnName() {
        lambda.answering(json(200, BARE));
        control.configuration("work", "$LATEST");
        assertThat(lambda.requests()).containsExactly("GET /2015-03-31/functions/work/configuration ");
    }

    @Test
    void clearsTheWeightsOfAnAliasThatItMoves() {
        lambda.answering(json(200, "{\"Name\":\"prod\",\"FunctionVersion\":\"3\",\"RevisionId\":\"r2\"}"));
        control.updateAlias("work", "prod", "3", null, "r1");
        assertThat(lambda.requests())
                .singleElement()
                .asString()
                .contains("\"AdditionalVersionWeights\":{}", "\"RevisionId\":\"r1\"")
                .doesNotContain("Description");
    }
}
