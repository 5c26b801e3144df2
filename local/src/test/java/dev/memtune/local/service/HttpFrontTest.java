// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.Headers;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest extends ServiceFixture {
    @Test
    void listensOnLoopbackOnly() {
        assertThat(lambda.endpoint().getHost()).isEqualTo("127.0.0.1");
        assertThat(lambda.endpoint().getPort()).isPositive();
    }

    @Test
    void refusesBrowsers() throws Exception {
        Rest.Answer answer = rest.post(Rest.FUNCTIONS, Rest.creation("f", zip, ""), "Origin", "https://evil.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorType()).isEqualTo("AccessDeniedException");
        assertThat(rest.send("GET", Rest.FUNCTIONS, "", "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(403);
        assertThat(rest.get(Rest.FUNCTIONS).json().path("Functions")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", ""})
    void refusesNamesThatOnlyResolveToLoopback(String host) {
        Headers headers = new Headers();
        headers.set("Host", host);

        assertThat(OriginGuard.refusal(headers)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:1234", "127.0.0.1:80", "[::1]:80", "LOCALHOST", "lambda.localhost:99"})
    void answersOnLoopbackNames(String host) {
        Headers headers = new Headers();
        headers.set("Host", host);

        assertThat(OriginGuard.refusal(headers)).isEmpty();
    }

    @Test
    void showsClientsNoStackTrace() throws Exception {
        rest.create("f", zip);
        runner.script = (version, invocation) -> {
            throw new IllegalStateException("secret detail");
        };
        Rest.Answer answer = rest.invoke("f", "{}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.errorType()).isEqualTo("ServiceException");
        assertThat(answer.text("Message")).doesNotContain("secret").contains(answer.header("x-amzn-RequestId"));
        assertThat(log).anyMatch(line -> line.contains("secret detail"));
    }

    /** A line is written after its call is answered. */
    private void awaitLines(int count) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (log.size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void logsALinePerCall() throws Exception {
        rest.create("f", zip);
        rest.get(Rest.FUNCTIONS + "/g");

        rest.get(Rest.FUNCTIONS + "/a%0Ab/configuration?Qualifier=prod");

        awaitLines(3);
        assertThat(log.get(0)).matches("\\S+Z POST CreateFunction f 201 \\d+\\.\\d ms [0-9a-f-]{36}");
        assertThat(log.get(1))
                .matches("\\S+Z GET GetFunction g 404 ResourceNotFoundException \\d+\\.\\d ms [0-9a-f-]{36}");
        assertThat(log.get(2)).contains(" GET GetFunctionConfiguration a?b:prod 400 ");
    }

    @Test
    void appliesAnEffectAfterTheCallerHasGivenUpAsPlanned() throws Exception {
        rest.create("f", zip);
        CountDownLatch applied = new CountDownLatch(1);
        lambda.switches().interceptor(new CallInterceptor() {
            @Override
            public Intervention before(Call call) {
                return call.operation().equals("CreateAlias")
                        ? new Intervention.LateEffect(Duration.ofSeconds(1))
                        : Intervention.PROCEED;
            }

            @Override
            public void after(Call call, Outcome outcome) {
                if (call.operation().equals("CreateAlias")) {
                    applied.countDown();
                }
            }
        });
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rest.alias("f", "a", "$LATEST"));
        assertThat(applied.getCount()).isEqualTo(1);
        assertThat(applied.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(aliases()).isEqualTo(1);
    }

    @Test
    void takesItsTimeForEveryCallAsAsked() throws Exception {
        lambda.switches().roundTrip(Duration.ofMillis(150));
        long start = System.nanoTime();
        rest.get(Rest.FUNCTIONS);

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(150).toNanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/2015-03-31/functions/",
                "/2015-03-31/functions/%2e%2e%2f",
                "/2015-03-31/functions/..%2F..%2Fetc",
                "/2015-03-31/functions/f/%00",
                "/2015-03-31/functions/f%2Fg/configuration"
            })
    void answersStrangePathsWithLambdasErrors(String path) throws Exception {
        Rest.Answer answer = rest.send("DELETE", path, "");

        assertThat(answer.errorType()).endsWith("Exception");
        assertThat(answer.status()).isIn(400, 404, 501);
    }

    @Test
    void failsBeforeAndAfterTheEffectAsPlanned() throws Exception {
        rest.create("f", zip);
        lambda.switches()
                .interceptor(call -> call.operation().equals("PublishVersion")
                        ? new Intervention.FailBefore(LambdaFault.of(LambdaFault.Kind.SERVICE, "planned"))
                        : Intervention.PROCEED);
        assertThat(rest.publish("f", "{}").status()).isEqualTo(500);
        assertThat(versions()).isEqualTo(1);

        lambda.switches()
                .interceptor(call -> call.operation().equals("PublishVersion")
                        ? new Intervention.FailAfter(LambdaFault.throttled("CallerRateLimitExceeded"))
                        : Intervention.PROCEED);
        assertThat(rest.publish("f", "{}").status()).isEqualTo(429);
        assertThat(versions()).isEqualTo(2);
    }

    @Test
    void losesTheConnectionBeforeAndAfterTheEffectAsPlanned() throws Exception {
        rest.create("f", zip);
        lambda.switches()
                .interceptor(call ->
                        call.operation().equals("CreateAlias") ? new Intervention.LoseBefore() : Intervention.PROCEED);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rest.alias("f", "a", "$LATEST"));
        assertThat(aliases()).isZero();

        lambda.switches()
                .interceptor(call ->
                        call.operation().equals("CreateAlias") ? new Intervention.LoseAfter() : Intervention.PROCEED);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rest.alias("f", "a", "$LATEST"));
        assertThat(aliases()).isEqualTo(1);
    }

    private int versions() throws Exception {
        return rest.get(Rest.FUNCTIONS + "/f/versions").json().path("Versions").size();
    }

    private int aliases() throws Exception {
        return rest.get(Rest.FUNCTIONS + "/f/aliases").json().path("Aliases").size();
    }

    @Test
    void recordsCallsWithTheirOutcome() throws Exception {
        List<Call> calls = new CopyOnWriteArrayList<>();
        List<CallInterceptor.Outcome> outcomes = new CopyOnWriteArrayList<>();
        lambda.switches().interceptor(new CallInterceptor() {
            @Override
            public Intervention before(Call call) {
                calls.add(call);
                return Intervention.PROCEED;
            }

            @Override
            public void after(Call call, Outcome outcome) {
                outcomes.add(outcome);
            }
        });
        rest.send(
                "GET",
                Rest.FUNCTIONS + "/f/configuration?Qualifier=prod",
                "",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/lambda/aws4_request, Signature=x");

        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().operation()).isEqualTo("GetFunctionConfiguration");
        assertThat(calls.getFirst().resource()).isEqualTo("f");
        assertThat(calls.getFirst().qualifier()).contains("prod");
        assertThat(calls.getFirst().accessKeyId()).isEqualTo("AKIDEXAMPLE");
        assertThat(outcomes).containsExactly(new CallInterceptor.Outcome(404, "ResourceNotFoundException"));
    }

    @Test
    void survivesAFailingInterceptor() throws Exception {
        lambda.switches().interceptor(call -> {
            throw new IllegalStateException("broken interceptor");
        });

        assertThat(rest.get(Rest.FUNCTIONS).status()).isEqualTo(500);
        assertThat(log).anyMatch(line -> line.contains("broken interceptor"));
    }

    @Test
    void servesManyAtOnce() throws Exception {
        rest.create("f", zip);
        List<Thread> threads = new ArrayList<>();
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 50; i++) {
            int memoryMB = 128 + i;
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    statuses.add(rest.configure("f", "{\"MemorySize\":" + memoryMB + "}")
                            .status());
                    statuses.add(rest.invoke("f", "{}").status());
                } catch (IOException | InterruptedException e) {
                    statuses.add(-1);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(statuses).hasSize(100).containsOnly(200);
    }
}
