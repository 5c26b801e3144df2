// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static dev.memtune.aws.ScriptedLambda.error;
import static dev.memtune.aws.ScriptedLambda.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.LambdaFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsFunctionDeployerTest {
    private static final Deployment DEPLOYMENT =
            new Deployment("work", "python3.13", "index.handler", new byte[] {1, 2}, 512, 3, Map.of("A", "b"));
    private static final ScriptedLambda.Answer MISSING = error(404, "ResourceNotFoundException");
    private static final ScriptedLambda.Answer DONE = state("Active", "Successful", "");

    private Duration waited = Duration.ZERO;
    private ScriptedLambda lambda;
    private LambdaClients clients;
    private AwsFunctionDeployer deployer;

    @BeforeEach
    void start() throws IOException {
        lambda = new ScriptedLambda();
        clients = lambda.clients(ScriptedLambda.PATIENT);
        deployer = new AwsFunctionDeployer(
                clients, "arn:aws:iam::000000000000:role/x", duration -> waited = waited.plus(duration));
    }

    @AfterEach
    void stop() {
        clients.close();
        lambda.close();
    }

    private static ScriptedLambda.Answer state(String state, String lastUpdateStatus, String more) {
        return json(200, "{\"State\":\"" + state + "\",\"LastUpdateStatus\":\"" + lastUpdateStatus + "\"" + more + "}");
    }

    @Test
    void createsWhatIsNotThereAndWaitsUntilItIsActive() throws InterruptedException {
        lambda.answering(MISSING, json(201, "{}"), state("Pending", "InProgress", ""), DONE);
        deployer.deploy(DEPLOYMENT);
        assertThat(lambda.requests()).hasSize(4);
        assertThat(lambda.requests().get(1))
                .startsWith("POST /2015-03-31/functions ")
                .contains("\"FunctionName\":\"work\"", "\"MemorySize\":512", "\"ZipFile\":\"AQI=\"", "{\"A\":\"b\"}");
        assertThat(waited).isPositive();
    }

    @Test
    void updatesWhatIsThereOneThingAfterTheOther() throws InterruptedException {
        lambda.answering(DONE, DONE, json(200, "{}"), state("Active", "InProgress", ""), DONE, json(200, "{}"), DONE);
        deployer.deploy(DEPLOYMENT);
        assertThat(lambda.requests()).hasSize(7);
        assertThat(lambda.requests().get(2)).startsWith("PUT /2015-03-31/functions/work/code ");
        assertThat(lambda.requests().get(5)).startsWith("PUT /2015-03-31/functions/work/configuration ");
    }

    @Test
    void repairsAFunctionWhoseEarlierUpdateFailed() throws InterruptedException {
        ScriptedLambda.Answer failed = state("Active", "Failed", "");
        lambda.answering(failed, failed, json(200, "{}"), DONE, json(200, "{}"), DONE);
        deployer.deploy(DEPLOYMENT);
        assertThat(lambda.requests()).hasSize(6);
    }

    @Test
    void failsWithTheReasonOfAFunctionThatFailed() {
        lambda.answering(
                MISSING,
                json(201, "{}"),
                state("Failed", "Failed", ",\"StateReasonCode\":\"InvalidImage\",\"StateReason\":\"no such layer\""));
        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> deployer.deploy(DEPLOYMENT))
                .withMessageContaining("work")
                .withMessageContaining("no such layer")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("InvalidImage"));
    }

    @Test
    void stopsWithTheReasonOfAnUpdateThatFailed() {
        lambda.answering(DONE, DONE, json(200, "{}"), state("Active", "Failed", ""));
        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> deployer.deploy(DEPLOYMENT))
                .withMessageContaining("LastUpdateStatus is Failed")
                .withMessageContaining("no reason given");
        assertThat(lambda.requests()).hasSize(4);
    }

    @Test
    void removesAFunctionAlsoTwice() {
        lambda.answering(json(204, ""), MISSING);
        deployer.remove("work");
        deployer.remove("work");
        assertThat(lambda.requests())
                .hasSize(2)
                .allMatch(request -> request.startsWith("DELETE /2015-03-31/functions/work "));
    }

    @Test
    void doesNotWaitForEver() {
        lambda.answering(MISSING, json(201, "{}"), state("Pending", "InProgress", ""));
        assertThatExceptionOfType(LambdaFault.NotReady.class)
                .isThrownBy(() -> deployer.deploy(DEPLOYMENT))
                .withMessageContaining("60 s");
        assertThat(waited).hasSeconds(60);
    }
}
