// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.local.LambdaRule;
import dev.memtune.local.function.Windows;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.NotRun;
import dev.memtune.local.process.RunnableVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** See <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>. */
class InvokerTest extends ServiceFixture {
    private static final String TYPE = "X-Amz-Invocation-Type";

    @BeforeEach
    void createFunction() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");
    }

    @Test
    @LambdaRule("INV-01")
    void answersWithTheFunctionsResponse() throws Exception {
        runner.script = (version, invocation) ->
                ScriptedRunner.result(new String(invocation.payload(), StandardCharsets.UTF_8), "");
        Rest.Answer answer = rest.invoke("f", "{\"x\":\"é\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.response().body(), StandardCharsets.UTF_8)).isEqualTo("{\"x\":\"é\"}");
        assertThat(answer.header("X-Amz-Executed-Version")).isEqualTo("$LATEST");
        assertThat(answer.header("X-Amz-Function-Error")).isEmpty();
        assertThat(answer.header("X-Amz-Log-Result")).isEmpty();
        assertThat(answer.header("x-amzn-RequestId"))
                .isEqualTo(runner.invocations.getFirst().requestId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f?Qualifier=1",
                "f:1",
                "f%3A1",
                "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af%3A1",
                "000000000000:function:f?Qualifier=1",
                "f:1?Qualifier=1"
            })
    @LambdaRule("INV-02")
    void takesTheQualifierFromWhereverItIs(String nameAndQuery) throws Exception {
        assertThat(rest.invoke(nameAndQuery, "{}").header("X-Amz-Executed-Version"))
                .isEqualTo("1");
        assertThat(runner.invocations.getFirst().invokedFunctionArn())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f:1");
        assertThat(runner.versions.getFirst().version()).isEqualTo("1");
    }

    @Test
    void handsTheConfigurationToTheRunner() throws Exception {
        rest.configure("f", "{\"MemorySize\":777,\"Timeout\":9,\"Environment\":{\"Variables\":{\"AB\":\"c\"}}}");
        rest.invoke("f", "{}");
        RunnableVersion version = runner.versions.getFirst();

        assertThat(version.memoryMB()).isEqualTo(777);
        assertThat(version.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(version.environment()).containsEntry("AB", "c");
        assertThat(version.codeDirectory().resolve("h.py")).hasContent("def h(event, context): return event");
    }

    @Test
    void namesTheCodeAbsolutely() {
        ServiceSettings settings = ServiceSettings.defaults(Path.of("data"), clock, new SplittableRandom(1));

        assertThat(settings.dataDirectory()).isAbsolute();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNTIME, 502, InvalidRuntimeException, why",
        "BUSY, 429, TooManyRequestsException, Rate Exceeded.",
        "HOST, 500, ServiceException, why"
    })
    void answersWhatCouldNotRunAsLambdaWould(NotRun.Reason reason, int status, String errorType, String message)
            throws Exception {
        runner.script = (version, invocation) -> {
            throw new NotRun(reason, "why");
        };
        Rest.Answer answer = rest.invoke("f", "{}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errorType()).isEqualTo(errorType);
        assertThat(answer.text(reason == NotRun.Reason.BUSY ? "message" : "Message"))
                .isEqualTo(message);
        assertThat(log).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    @LambdaRule("INV-03")
    void sendsAnEmptyObjectWhereThereIsNoPayload() throws Exception {
        rest.invoke("f", "");

        assertThat(new String(runner.invocations.getFirst().payload(), StandardCharsets.UTF_8))
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nope", "{} {}", "\"open"})
    @LambdaRule("INV-04")
    void refusesPayloadsThatAreNotJson(String payload) throws Exception {
        Rest.Answer answer = rest.invoke("f", payload);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).isEqualTo("InvalidRequestContentException");
        assertThat(runner.invocations).isEmpty();
    }

    @Test
    @LambdaRule("INV-05")
    void refusesPayloadsOverSixMegabytes() throws Exception {
        String most = "\"" + "x".repeat(Invoker.MAX_PAYLOAD_BYTES - 2) + "\"";
        Rest.Answer refused = rest.invoke("f", most + " ");

        assertThat(rest.invoke("f", most).status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.errorType()).isEqualTo("RequestTooLargeException");
        assertThat(refused.text("message")).contains("6291456 bytes");
    }

    @Test
    @LambdaRule("INV-06")
    void turnsAResponseOverTheLimitIntoAFunctionError() throws Exception {
        runner.script = (version, invocation) ->
                ScriptedRunner.result("\"" + "x".repeat(Invoker.MAX_PAYLOAD_BYTES + 200) + "\"", "");
        Rest.Answer answer = rest.invoke("f", "{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
        assertThat(answer.text("errorType")).isEqualTo("Function.ResponseSizeTooLarge");
    }

    @Test
    @LambdaRule("INV-07")
    void answersFunctionErrorsWith200() throws Exception {
        runner.script = (version, invocation) -> ScriptedRunner.error("{\"errorType\":\"ValueError\"}");
        Rest.Answer answer = rest.invoke("f", "{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
        assertThat(answer.text("errorType")).isEqualTo("ValueError");
    }

    @Test
    @LambdaRule("INV-08")
    void cutsTheLogsTailAtFourKilobytes() throws Exception {
        runner.script = (version, invocation) -> ScriptedRunner.result("1", "é".repeat(3000) + "!");
        Rest.Answer answer = rest.invoke("f", "{}", "X-Amz-Log-Type", "Tail");
        byte[] tail = Base64.getDecoder().decode(answer.header("X-Amz-Log-Result"));

        assertThat(tail).hasSize(4096).endsWith('!');
    }

    @Test
    @LambdaRule("INV-09")
    void cutsAJsonLogBetweenRecords() throws Exception {
        rest.configure("f", "{\"LoggingConfig\":{\"LogFormat\":\"JSON\"}}");
        String record = "{\"record\":\"" + "x".repeat(1_500) + "\"}\n";
        runner.script = (version, invocation) -> ScriptedRunner.result("1", record.repeat(5));
        Rest.Answer answer = rest.invoke("f", "{}", "X-Amz-Log-Type", "Tail");
        byte[] tail = Base64.getDecoder().decode(answer.header("X-Amz-Log-Result"));

        assertThat(new String(tail, StandardCharsets.UTF_8)).isEqualTo(record.repeat(2));
    }

    @Test
    @LambdaRule("INV-10")
    void passesTheClientContextOn() throws Exception {
        String context = "{\"custom\":{\"a\":\"b\"}}";
        String base64 = Base64.getEncoder().encodeToString(context.getBytes(StandardCharsets.UTF_8));
        rest.invoke("f", "{}", "X-Amz-Client-Context", base64);

        assertThat(runner.invocations.getFirst().clientContext()).contains(context);
        assertThat(rest.invoke("f", "{}", "X-Amz-Client-Context", "***").status())
                .isEqualTo(400);
        assertThat(rest.invoke("f", "{}", "X-Amz-Client-Context", "e30=".repeat(900))
                        .status())
                .isIn(400, 413);
    }

    @Test
    @LambdaRule("INV-11")
    void onlyChecksInADryRun() throws Exception {
        assertThat(rest.invoke("f", "{}", TYPE, "DryRun").status()).isEqualTo(204);
        assertThat(rest.invoke("f:9", "{}", TYPE, "DryRun").status()).isEqualTo(404);
        assertThat(runner.invocations).isEmpty();
    }

    @Test
    @LambdaRule("INV-12")
    void acceptsEventsAndRunsThem() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        runner.script = (version, invocation) -> {
            ran.countDown();
            return ScriptedRunner.result("1", "");
        };
        Rest.Answer answer = rest.invoke("f", "{}", TYPE, "Event");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.response().body()).isEmpty();
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @LambdaRule("INV-13")
    void refusesUnknownTypes() throws Exception {
        assertThat(rest.invoke("f", "{}", TYPE, "Later").text("message")).contains("at 'invocationType'");
        assertThat(rest.invoke("f", "{}", "X-Amz-Log-Type", "All").text("message"))
                .contains("at 'logType'");
    }

    @Test
    void servesTheOldConfigurationDuringAnUpdate() throws Exception {
        lambda.switches().windows(new Windows(Duration.ZERO, Duration.ofSeconds(2)));
        rest.configure("f", "{\"MemorySize\":512}");
        rest.invoke("f", "{}");
        clock.advance(Duration.ofSeconds(2));
        rest.invoke("f", "{}");

        assertThat(runner.versions).extracting(RunnableVersion::memoryMB).containsExactly(128, 512);
        assertThat(runner.versions).extracting(RunnableVersion::versionArn).doesNotHaveDuplicates();
        assertThat(runner.retired).containsExactly(runner.versions.getFirst().versionArn());
    }

    @Test
    @LambdaRule("INV-14")
    void keepsLatestsEnvironmentsAcrossAPublication() throws Exception {
        rest.configure("f", "{\"MemorySize\":512}");
        rest.invoke("f", "{}");
        rest.publish("f", "{}");
        rest.invoke("f", "{}");

        assertThat(runner.versions.get(1).versionArn())
                .isEqualTo(runner.versions.get(0).versionArn());
    }

    @Test
    @LambdaRule("INV-15")
    void retiresADeletedVersionWhenItsLastInvocationHasEnded() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        runner.script = (version, invocation) -> {
            started.countDown();
            finish.await();
            return ScriptedRunner.result("1", "");
        };
        Thread caller = Thread.startVirtualThread(() -> quietly(() -> rest.invoke("f:1", "{}")));
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        rest.delete(Rest.FUNCTIONS + "/f?Qualifier=1");
        assertThat(runner.retired).isEmpty();
        finish.countDown();
        caller.join(Duration.ofSeconds(60));

        assertThat(runner.retired).containsExactly("arn:aws:lambda:us-east-1:000000000000:function:f:1");
    }

    /** A step that may throw. */
    private interface Step {
        Object run() throws Exception;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException("the call in the background failed", e);
        }
    }

    @Test
    void retiresEverythingOfADeletedFunction() throws Exception {
        rest.delete(Rest.FUNCTIONS + "/f");

        assertThat(runner.retired).hasSize(2).contains("arn:aws:lambda:us-east-1:000000000000:function:f:1");
    }

    @Test
    @LambdaRule("CON-01")
    void throttlesAtTheReservedConcurrency() throws Exception {
        Rest.Answer reserved = rest.put("/2017-10-31/functions/f/concurrency", "{\"ReservedConcurrentExecutions\":0}");
        assertThat(reserved.json().path("ReservedConcurrentExecutions").asInt()).isZero();
        Rest.Answer throttled = rest.invoke("f", "{}");

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.errorType()).isEqualTo("TooManyRequestsException");
        assertThat(throttled.text("Reason")).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
        assertThat(throttled.header("Retry-After")).isNotEmpty();
        assertThat(rest.delete("/2017-10-31/functions/f/concurrency").status()).isEqualTo(204);
        assertThat(rest.invoke("f", "{}").status()).isEqualTo(200);
    }

    @Test
    @LambdaRule("CON-02")
    void throttlesAtTheAccountsConcurrency() throws Exception {
        lambda.switches().quotas(Quotas.DEFAULTS.withConcurrentExecutions(1));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        runner.script = (RunnableVersion version, Invocation invocation) -> {
            started.countDown();
            finish.await();
            return ScriptedRunner.result("1", "");
        };
        Thread caller = Thread.startVirtualThread(() -> quietly(() -> rest.invoke("f", "{}")));
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        Rest.Answer throttled = rest.invoke("f:1", "{}");
        finish.countDown();
        caller.join(Duration.ofSeconds(60));

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.text("Reason")).isEqualTo("ConcurrentInvocationLimitExceeded");
        assertThat(rest.invoke("f", "{}").status()).isEqualTo(200);
    }

    @Test
    @LambdaRule("CON-03")
    void keepsAHundredUnreserved() throws Exception {
        String concurrency = "/2017-10-31/functions/f/concurrency";
        Rest.Answer refused = rest.put(concurrency, "{\"ReservedConcurrentExecutions\":901}");
        assertThat(refused.text("message")).contains("below its minimum value of [100]");
        assertThat(rest.put(concurrency, "{\"ReservedConcurrentExecutions\":900}")
                        .status())
                .isEqualTo(200);

        assertThat(rest.get("/2019-09-30/functions/f/concurrency")
                        .json()
                        .path("ReservedConcurrentExecutions")
                        .asInt())
                .isEqualTo(900);
        assertThat(rest.get("/2016-08-19/account-settings")
                        .json()
                        .path("AccountLimit")
                        .path("UnreservedConcurrentExecutions")
                        .asInt())
                .isEqualTo(100);
    }
}
