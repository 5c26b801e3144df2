// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static dev.memtune.aws.ScriptedLambda.invocation;
import static dev.memtune.aws.ScriptedLambda.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.port.FunctionInvoker.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsFunctionInvokerTest {
    private ScriptedLambda lambda;
    private LambdaClients clients;

    @BeforeEach
    void start() throws IOException {
        lambda = new ScriptedLambda();
        clients = lambda.clients(ScriptedLambda.PATIENT);
    }

    @AfterEach
    void stop() {
        clients.close();
        lambda.close();
    }

    private Response answered(String body, String... headers) {
        lambda.answering(json(200, body, headers));
        return new AwsFunctionInvoker(clients).invoke(invocation("{\"n\":\"ü\"}"));
    }

    @Test
    void readsWhatTheAnswerSays() {
        String tail = "REPORT RequestId: id-1\tDuration: 1.00 ms\tä\n";
        Response response = answered(
                "{\"ok\":true}",
                "x-amzn-RequestId",
                "id-1",
                "X-Amz-Executed-Version",
                "3",
                "X-Amz-Log-Result",
                Base64.getEncoder().encodeToString(tail.getBytes(StandardCharsets.UTF_8)));
        assertThat(response.requestId()).isEqualTo("id-1");
        assertThat(response.executedVersion()).isEqualTo("3");
        assertThat(response.functionError()).isNull();
        assertThat(response.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"ok\":true}");
        assertThat(response.logTail()).asString(StandardCharsets.UTF_8).isEqualTo(tail);
    }

    @Test
    void asksForTheVersionAndItsLog() {
        answered("1");
        assertThat(lambda.requests())
                .containsExactly("POST /2015-03-31/functions/work/invocations?Qualifier=3 {\"n\":\"ü\"}");
    }

    @Test
    void tellsTheErrorOfAFunctionFromItsSuccess() {
        Response response = answered("{\"errorType\":\"Sandbox.Timedout\"}", "X-Amz-Function-Error", "Unhandled");
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload()).asString(StandardCharsets.UTF_8).contains("Sandbox.Timedout");
    }

    @Test
    void hasNothingWhereTheAnswerHasNothing() {
        Response response = answered("");
        assertThat(response.requestId()).isEmpty();
        assertThat(response.executedVersion()).isNull();
        assertThat(response.payload()).isEmpty();
        assertThat(response.logTail()).isEmpty();
    }

    @Test
    void keepsALogThatIsNotEncoded() {
        Response response = answered("1", "X-Amz-Log-Result", "START RequestId: id-1");
        assertThat(response.logTail()).asString(StandardCharsets.UTF_8).isEqualTo("START RequestId: id-1");
    }
}
