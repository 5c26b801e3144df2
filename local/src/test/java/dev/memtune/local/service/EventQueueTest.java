// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import dev.memtune.local.process.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * See <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">asynchronous error
 * handling</a>.
 */
class EventQueueTest extends ServiceFixture {
    private static final String CONFIG = "/2019-09-25/functions/f/event-invoke-config";
    private static final String[] EVENT = {"X-Amz-Invocation-Type", "Event"};
    private static final long LIMIT_S = 60;

    private final BlockingQueue<Invocation> ran = new LinkedBlockingQueue<>();

    @BeforeEach
    void createFunction() throws Exception {
        rest.create("f", zip);
        runner.script = (version, invocation) -> {
            ran.add(invocation);
            return ScriptedRunner.error("{\"errorType\":\"ValueError\"}");
        };
    }

    private Invocation next() throws InterruptedException {
        Invocation invocation = ran.poll(LIMIT_S, TimeUnit.SECONDS);
        assertThat(invocation).as("another attempt").isNotNull();
        return invocation;
    }

    /** The events that were given up, once there are so many. */
    private JsonNode givenUp(int count) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        JsonNode events = rest.get("/_memtune/events").json().path("GivenUp");
        while (events.size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
            events = rest.get("/_memtune/events").json().path("GivenUp");
        }
        assertThat(events).hasSize(count);
        return events;
    }

    @Test
    @LambdaRule({"ASY-01", "ASY-02"})
    void retriesAFunctionErrorTwiceUnderTheSameRequestId() throws Exception {
        String requestId = rest.invoke("f", "{\"a\":1}", EVENT).header("x-amzn-RequestId");

        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(next().requestId()).isEqualTo(requestId);
        }
        JsonNode dead = givenUp(1).get(0);
        assertThat(dead.path("Condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(dead.path("Attempts").asInt()).isEqualTo(3);
        assertThat(dead.path("RequestId").asText()).isEqualTo(requestId);
        assertThat(dead.path("LastError").asText()).contains("ValueError");
        assertThat(Base64.getDecoder().decode(dead.path("Payload").asText()))
                .isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(ran).isEmpty();
        assertThat(log).anyMatch(line -> line.contains(requestId) && line.contains("RetriesExhausted"));
    }

    @Test
    @LambdaRule("ASY-03")
    void retriesAsOftenAsConfiguredForTheQualifier() throws Exception {
        rest.publish("f", "{}");
        rest.alias("f", "prod", "1");
        rest.put(CONFIG + "?Qualifier=prod", "{\"MaximumRetryAttempts\":0}");
        rest.invoke("f:prod", "{}", EVENT);

        assertThat(givenUp(1).get(0).path("Attempts").asInt()).isEqualTo(1);
        String again = rest.invoke("f:1", "{}", EVENT).header("x-amzn-RequestId");
        for (JsonNode dead : givenUp(2)) {
            boolean configured = !dead.path("RequestId").asText().equals(again);
            assertThat(dead.path("Attempts").asInt()).isEqualTo(configured ? 1 : 3);
        }
    }

    @Test
    @LambdaRule("ASY-04")
    void givesUpAnEventThatWouldBeTooOldAtItsNextAttempt() throws Exception {
        rest.put(CONFIG, "{\"MaximumEventAgeInSeconds\":60}");
        runner.script = (version, invocation) -> {
            ran.add(invocation);
            clock.advance(Duration.ofSeconds(60));
            return ScriptedRunner.error("{}");
        };
        rest.invoke("f", "{}", EVENT);

        JsonNode dead = givenUp(1).get(0);
        assertThat(dead.path("Condition").asText()).isEqualTo("EventAgeExceeded");
        assertThat(dead.path("Attempts").asInt()).isEqualTo(1);
    }

    @Test
    @LambdaRule("ASY-05")
    void waitsWhileThrottledWithoutCountingAnAttempt() throws Exception {
        lambda.switches().quotas(Quotas.DEFAULTS.withConcurrentExecutions(1));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        runner.script = (version, invocation) -> {
            started.countDown();
            finish.await();
            ran.add(invocation);
            return ScriptedRunner.result("1", "");
        };
        rest.invoke("f", "\"first\"", EVENT);
        assertThat(started.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        rest.invoke("f", "\"second\"", EVENT);
        finish.countDown();

        next();
        next();
        assertThat(rest.get("/_memtune/events").json().path("GivenUp")).isEmpty();
    }

    @Test
    @LambdaRule("ASY-06")
    void givesUpAtOnceWhereNothingIsReserved() throws Exception {
        rest.put("/2017-10-31/functions/f/concurrency", "{\"ReservedConcurrentExecutions\":0}");
        rest.invoke("f", "{}", EVENT);

        assertThat(givenUp(1).get(0).path("Condition").asText()).isEqualTo("ZeroReservedConcurrency");
        assertThat(ran).isEmpty();
    }

    @Test
    @LambdaRule("ASY-07")
    void sendsWhatFailedToTheDestinationFunction() throws Exception {
        rest.create("dead-letters", zip);
        String destination = "arn:aws:lambda:us-east-1:000000000000:function:dead-letters";
        rest.put(
                CONFIG,
                "{\"MaximumRetryAttempts\":0,\"DestinationConfig\":{\"OnFailure\":{\"Destination\":\"" + destination
                        + "\"}}}");
        BlockingQueue<Invocation> delivered = new LinkedBlockingQueue<>();
        runner.script = (version, invocation) -> {
            if (version.functionName().equals("dead-letters")) {
                delivered.add(invocation);
                return ScriptedRunner.result("1", "");
            }
            return ScriptedRunner.error("{\"errorType\":\"E\"}");
        };
        rest.invoke("f", "{\"a\":1}", EVENT);
        Invocation record = delivered.poll(LIMIT_S, TimeUnit.SECONDS);

        assertThat(record).isNotNull();
        assertThat(new String(record.payload(), StandardCharsets.UTF_8))
                .contains(
                        "\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":1",
                        "\"functionArn\":\"arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST\"",
                        "\"requestPayload\":{\"a\":1}",
                        "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":\"Unhandled\"}",
                        "\"responsePayload\":{\"errorType\":\"E\"}");
        assertThat(givenUp(0)).isEmpty();
    }

    @Test
    @LambdaRule("ASY-08")
    void sendsResultsToTheDestinationFunction() throws Exception {
        rest.create("results", zip);
        rest.put(
                CONFIG,
                "{\"DestinationConfig\":{\"OnSuccess\":{\"Destination\":\"arn:aws:lambda:us-east-1:000000000000:function:results\"}}}");
        BlockingQueue<Invocation> delivered = new LinkedBlockingQueue<>();
        runner.script = (version, invocation) -> {
            if (version.functionName().equals("results")) {
                delivered.add(invocation);
            }
            return ScriptedRunner.result("{\"b\":2}", "");
        };
        rest.invoke("f", "{\"a\":1}", EVENT);
        Invocation record = delivered.poll(LIMIT_S, TimeUnit.SECONDS);

        assertThat(record).isNotNull();
        assertThat(new String(record.payload(), StandardCharsets.UTF_8))
                .contains("\"condition\":\"Success\"", "\"responsePayload\":{\"b\":2}")
                .doesNotContain("functionError");
    }

    @Test
    void keepsWhatADestinationElsewhereWouldGet() throws Exception {
        String queue = "arn:aws:sqs:us-east-1:000000000000:dead-letters";
        rest.put(
                CONFIG,
                "{\"MaximumRetryAttempts\":0,\"DestinationConfig\":{\"OnFailure\":{\"Destination\":\"" + queue
                        + "\"}}}");
        rest.invoke("f", "{}", EVENT);

        assertThat(givenUp(1).get(0).path("MissingDestination").asText()).isEqualTo(queue);
        assertThat(rest.delete("/_memtune/events").status()).isEqualTo(204);
        assertThat(givenUp(0)).isEmpty();
    }

    @Test
    @LambdaRule("ASY-09")
    void losesNoAcceptedEventInARestart() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        runner.script = (version, invocation) -> {
            started.countDown();
            new CountDownLatch(1).await();
            return ScriptedRunner.result("1", "");
        };
        String requestId = rest.invoke("f", "{\"a\":1}", EVENT).header("x-amzn-RequestId");
        assertThat(started.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        stop();
        runner.script = (version, invocation) -> {
            ran.add(invocation);
            return ScriptedRunner.result("1", "");
        };
        restart();

        assertThat(next().requestId()).isEqualTo(requestId);
    }

    @Test
    void givesUpWhatBelongsToADeletedFunction() throws Exception {
        lambda.switches().quotas(Quotas.DEFAULTS.withConcurrentExecutions(1));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        runner.script = (version, invocation) -> {
            started.countDown();
            finish.await();
            return ScriptedRunner.result("1", "");
        };
        rest.invoke("f", "{}", EVENT);
        assertThat(started.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        rest.invoke("f", "{}", EVENT);
        rest.delete(Rest.FUNCTIONS + "/f");
        finish.countDown();

        assertThat(givenUp(1).get(0).path("Condition").asText()).isEqualTo("FunctionDeleted");
    }

    @Test
    @LambdaRule("ASY-10")
    void takesEventsUpToOneMegabyteWithoutAClientContext() throws Exception {
        String most = "\"" + "x".repeat(1024 * 1024 - 2) + "\"";
        assertThat(rest.invoke("f", most + " ", EVENT).status()).isEqualTo(413);
        Rest.Answer accepted = rest.invoke("f", most, "X-Amz-Invocation-Type", "Event", "X-Amz-Client-Context", "e30=");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(next().clientContext()).isEmpty();
    }
}
