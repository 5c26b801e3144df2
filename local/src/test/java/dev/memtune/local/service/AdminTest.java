// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memtune.local.admin.Admin;
import dev.memtune.local.model.ModelledFunctions;
import dev.memtune.local.process.FunctionRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every switch as a client without this project's classes finds it. */
class AdminTest extends ServiceFixture {
    private static final String SWITCHES = Admin.PATH + "switches";
    private static final String FAULTS = Admin.PATH + "faults";
    private static final String CALLS = Admin.PATH + "calls";
    private static final String MODEL = Admin.PATH + "models/m";

    private final ModelledFunctions models = new ModelledFunctions(runner, Thread::sleep, clock);

    @Override
    FunctionRunner serving() {
        return models;
    }

    @BeforeEach
    void attach() throws IOException {
        Admin.attach(lambda, models, directory.resolve("models"), clock);
    }

    private JsonNode switchTo(String change) throws Exception {
        Rest.Answer answer = rest.send("PATCH", SWITCHES, change);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private void plan(String fault) throws Exception {
        assertThat(rest.post(FAULTS, fault).status()).isEqualTo(201);
    }

    private List<JsonNode> calls(String query) throws Exception {
        String lines = new String(rest.get(CALLS + query).response().body(), StandardCharsets.UTF_8);
        List<JsonNode> calls = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            calls.add(JsonMapper.builder().build().readTree(line));
        }
        return calls;
    }

    private String state() throws Exception {
        return rest.get(Rest.FUNCTIONS + "/f/configuration").text("State");
    }

    private int aliases() throws Exception {
        return rest.get(Rest.FUNCTIONS + "/f/aliases").json().path("Aliases").size();
    }

    @Test
    void setsTheWindowsOfChanges() throws Exception {
        JsonNode switches = switchTo("{\"activationMs\": 60000, \"updateMs\": 30000}");
        assertThat(switches.path("activationMs").asInt()).isEqualTo(60_000);
        rest.create("f", zip);
        assertThat(state()).isEqualTo("Pending");
        assertThat(rest.invoke("f", "{}").status()).isEqualTo(409);
        clock.advance(Duration.ofSeconds(61));
        assertThat(state()).isEqualTo("Active");
        rest.configure("f", "{\"MemorySize\": 256}");
        clock.advance(Duration.ofSeconds(29));
        assertThat(rest.configure("f", "{\"MemorySize\": 512}").errorType()).isEqualTo("ResourceConflictException");
        clock.advance(Duration.ofSeconds(2));
        assertThat(rest.configure("f", "{\"MemorySize\": 512}").status()).isEqualTo(200);
    }

    @Test
    void addsARoundTripToEveryCall() throws Exception {
        switchTo("{\"roundTripMs\": 200}");
        long start = System.nanoTime();
        rest.get(Rest.FUNCTIONS);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void setsTheQuotas() throws Exception {
        rest.create("f", zip);
        switchTo("{\"quotas\": {\"memoryMB\": 3008, \"concurrentExecutions\": 1}}");
        assertThat(rest.configure("f", "{\"MemorySize\": 3009}").errorType())
                .isEqualTo("InvalidParameterValueException");
        assertThat(rest.get("/2016-08-19/account-settings")
                        .json()
                        .at("/AccountLimit/ConcurrentExecutions")
                        .asInt())
                .isEqualTo(1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        runner.script = (version, invocation) -> {
            running.countDown();
            over.await();
            return ScriptedRunner.result("1", "");
        };
        Thread first = Thread.startVirtualThread(() -> invokeQuietly("f"));
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
        Rest.Answer second = rest.invoke("f", "{}");
        over.countDown();
        first.join();

        assertThat(second.status()).isEqualTo(429);
        assertThat(second.text("Reason")).isEqualTo("ConcurrentInvocationLimitExceeded");
    }

    private void invokeQuietly(String function) {
        try {
            rest.invoke(function, "{}");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void throttlesAnOperationByCallsPerSecond() throws Exception {
        rest.create("f", zip);
        switchTo("{\"callsPerSecond\": {\"GetFunctionConfiguration\": 2}}");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(rest.get(Rest.FUNCTIONS + "/f/configuration").status());
        }
        assertThat(statuses).containsExactly(200, 200, 429);
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").text("Reason")).isEqualTo("CallerRateLimitExceeded");
        assertThat(rest.get(Rest.FUNCTIONS + "/f").status()).isEqualTo(200);
        clock.advance(Duration.ofMillis(500));
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").status()).isEqualTo(200);
        switchTo("{\"callsPerSecond\": {}}");
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"error-before,500,0", "error-after,500,1"})
    void answersWithAnErrorBeforeOrAfterTheEffect(String kind, int status, int aliases) throws Exception {
        rest.create("f", zip);
        plan("{\"operation\": \"CreateAlias\", \"kind\": \"" + kind + "\"}");
        assertThat(rest.alias("f", "a", "$LATEST").status()).isEqualTo(status);
        assertThat(aliases()).isEqualTo(aliases);
        assertThat(rest.alias("f", "b", "$LATEST").status()).isEqualTo(201); // it strikes once
    }

    @ParameterizedTest
    @CsvSource({"lost-before,0", "lost-after,1"})
    void losesTheConnectionBeforeOrAfterTheEffect(String kind, int aliases) throws Exception {
        rest.create("f", zip);
        plan("{\"operation\": \"CreateAlias\", \"kind\": \"" + kind + "\"}");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rest.alias("f", "a", "$LATEST"));
        assertThat(aliases()).isEqualTo(aliases);
    }

    @Test
    void losesTheConnectionAndAppliesTheEffectLater() throws Exception {
        rest.create("f", zip);
        plan("{\"operation\": \"CreateAlias\", \"kind\": \"lost-then-effect\", \"delayMs\": 1000}");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rest.alias("f", "a", "$LATEST"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int atOnce = aliases();
        while (aliases() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(atOnce).isZero();
        assertThat(aliases()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"late-effect", "late-answer"})
    void isLate(String kind) throws Exception {
        rest.create("f", zip);
        plan("{\"operation\": \"CreateAlias\", \"kind\": \"" + kind + "\", \"delayMs\": 200}");
        long start = System.nanoTime();
        assertThat(rest.alias("f", "a", "$LATEST").status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void strikesOnlyTheCallsItIsFor() throws Exception {
        rest.create("f", zip);
        rest.create("g", zip);
        plan("""
                {"operation": "GetFunction", "function": "f", "accessKeyId": "AKIAONE", "skip": 1, "times": 2,
                 "kind": "error-before", "error": "TooManyRequestsException", "reason": "CallerRateLimitExceeded"}""");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(get("arn:aws:lambda:us-east-1:000000000000:function:f", "AKIAONE"));
        }
        assertThat(statuses).containsExactly(200, 429, 429, 200);
        rest.delete(FAULTS);
        plan("{\"operation\": \"GetFunction\", \"function\": \"f\", \"accessKeyId\": \"AKIAONE\", \"times\": 0,"
                + " \"kind\": \"error-before\"}");
        assertThat(get("g", "AKIAONE")).isEqualTo(200);
        assertThat(get("f", "AKIATWO")).isEqualTo(200);
        assertThat(List.of(get("f", "AKIAONE"), get("f", "AKIAONE"))).containsOnly(500);
        JsonNode listed = rest.get(FAULTS).json().path("faults").path(0);
        assertThat(listed.path("struck").asInt()).isEqualTo(2);
        assertThat(rest.delete(FAULTS + "/" + listed.path("id").asInt()).status())
                .isEqualTo(204);
        assertThat(get("f", "AKIAONE")).isEqualTo(200);
    }

    private int get(String function, String accessKeyId) throws Exception {
        return rest.send(
                        "GET",
                        Rest.FUNCTIONS + "/" + function,
                        "",
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/20260101/us-east-1/lambda/aws4_request")
                .status();
    }

    @Test
    void strikesAPartOfTheCallsTheSameWayEachTime() throws Exception {
        List<List<Integer>> rounds = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            rest.delete(FAULTS);
            plan("{\"rate\": 0.5, \"times\": 0, \"kind\": \"error-before\"}");
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                statuses.add(rest.get(Rest.FUNCTIONS).status());
            }
            rounds.add(statuses);
        }
        assertThat(rounds.getFirst()).contains(200, 500);
        assertThat(rounds.get(1)).isEqualTo(rounds.getFirst());
    }

    @Test
    void computesAFunctionThatItCreates() throws Exception {
        assertThat(rest.put(MODEL, "{\"workMs\": 100, \"waitMs\": 10, \"initMs\": 50, \"memoryMB\": 1769}")
                        .status())
                .isEqualTo(201);
        assertThat(report("m")).contains("Duration: 110.00 ms", "Billed Duration: 160 ms", "Init Duration: 50.00 ms");
        assertThat(report("m")).contains("Billed Duration: 110 ms").doesNotContain("Init");
        rest.configure("m", "{\"MemorySize\": 884}");
        assertThat(report("m")).contains("Memory Size: 884 MB").contains("Duration: 210.11 ms");
        assertThat(runner.invocations).isEmpty();
    }

    private String report(String function) throws Exception {
        String tail =
                rest.invoke(function, "{\"a\": 1}", "X-Amz-Log-Type", "Tail").header("X-Amz-Log-Result");
        return new String(Base64.getDecoder().decode(tail), StandardCharsets.UTF_8);
    }

    @Test
    void computesAnExistingFunctionUntilItsModelIsDeleted() throws Exception {
        rest.create("m", zip);
        assertThat(rest.put(MODEL, "{\"samplesMs\": {\"128\": [40, 60]}, \"failureRate\": 1, \"failureType\": \"Sad\"}")
                        .status())
                .isEqualTo(200);
        Rest.Answer answer = rest.invoke("m", "{}");
        assertThat(answer.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
        assertThat(answer.text("errorType")).isEqualTo("Sad");
        assertThat(rest.get(MODEL).json().at("/samplesMs/128/1").asInt()).isEqualTo(60);
        rest.delete(MODEL);
        assertThat(rest.get(MODEL).status()).isEqualTo(404);
        assertThat(rest.invoke("m", "{}").header("X-Amz-Function-Error")).isEmpty();
        assertThat(runner.invocations).hasSize(1);
    }

    @Test
    void logsAsTheModelledFunctionIsConfigured() throws Exception {
        rest.put(MODEL, "{\"waitMs\": 25, \"initMs\": 10}");
        rest.configure("m", "{\"LoggingConfig\": {\"LogFormat\": \"JSON\", \"SystemLogLevel\": \"INFO\"}}");
        JsonNode last = JsonMapper.builder()
                .build()
                .readTree(report("m").lines().toList().getLast());

        assertThat(last.path("type").asText()).isEqualTo("platform.report");
        assertThat(last.at("/record/metrics/billedDurationMs").asInt()).isEqualTo(35);
        rest.configure("m", "{\"LoggingConfig\": {\"LogFormat\": \"JSON\", \"SystemLogLevel\": \"WARN\"}}");
        assertThat(report("m")).isEmpty();
    }

    @Test
    void keepsModelsOverARestart() throws Exception {
        rest.put(MODEL, "{\"waitMs\": 25, \"seed\": 7}");
        models.remove("m");
        restart();
        attach();

        assertThat(report("m")).contains("Duration: 25.00 ms");
        assertThat(rest.get(Admin.PATH + "models").json().at("/m/seed").asInt()).isEqualTo(7);
    }

    @Test
    void recordsEveryCallWithItsOutcome() throws Exception {
        rest.create("f", zip);
        plan("{\"operation\": \"PublishVersion\", \"kind\": \"error-after\"}");
        rest.publish("f", "{}");
        rest.get(Rest.FUNCTIONS + "/g?Qualifier=prod");
        List<JsonNode> calls = calls("");

        assertThat(calls)
                .extracting(call -> call.path("operation").asText())
                .containsExactly("CreateFunction", "PublishVersion", "GetFunction");
        assertThat(calls.get(0).path("function").asText()).isEqualTo("f");
        assertThat(calls.get(1).path("planned").asText()).isEqualTo("error-after");
        assertThat(calls.get(1).path("status").asInt()).isEqualTo(201);
        assertThat(calls.get(2).path("error").asText()).isEqualTo("ResourceNotFoundException");
        assertThat(calls.get(2).path("qualifier").asText()).isEqualTo("prod");
        assertThat(calls).noneMatch(call -> call.has("body"));
        assertThat(calls("?after=2")).hasSize(1);
        rest.delete(CALLS);
        assertThat(calls("")).isEmpty();
    }

    @Test
    void recordsTheBeginningOfBodiesIfAsked() throws Exception {
        rest.create("f", zip);
        switchTo("{\"recordBodies\": true}");
        rest.invoke("f", "\"" + "x".repeat(5_000) + "\"");
        assertThat(calls("?after=1").getFirst().path("body").asText())
                .startsWith("\"xxx")
                .hasSize(4_096);
    }

    @Test
    void keepsTheLastTenThousandCalls() throws Exception {
        CallInterceptor overseer = lambda.switches().interceptor();
        for (int i = 0; i < 10_005; i++) {
            Call call = new Call("Invoke", "f", java.util.Optional.empty(), "", "r" + i, new byte[0]);
            overseer.before(call);
            overseer.after(call, new CallInterceptor.Outcome(200, ""));
        }
        List<JsonNode> calls = calls("");
        assertThat(calls).hasSize(10_000);
        assertThat(calls.getFirst().path("sequence").asInt()).isEqualTo(6);
    }

    @Test
    void goesBackToWhereItStarted() throws Exception {
        switchTo("{\"activationMs\": 1, \"roundTripMs\": 1, \"quotas\": {\"memoryMB\": 512},"
                + " \"callsPerSecond\": {\"Invoke\": 1}, \"recordBodies\": true}");
        plan("{\"kind\": \"lost-before\", \"times\": 0}");
        rest.post(Admin.PATH + "reset", "");
        JsonNode switches = rest.get(SWITCHES).json();

        assertThat(switches.path("activationMs").asInt()).isZero();
        assertThat(switches.path("roundTripMs").asInt()).isZero();
        assertThat(switches.at("/quotas/memoryMB").asInt()).isEqualTo(10_240);
        assertThat(switches.path("callsPerSecond")).isEmpty();
        assertThat(switches.path("recordBodies").asBoolean()).isFalse();
        assertThat(rest.get(Rest.FUNCTIONS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "PATCH|switches|{\"activationMs\": -1}|activationMs must be a whole number from 0 to 3600000, got: -1",
                "PATCH|switches|{\"activationMs\": \"1\"}|activationMs must be a whole number from 0 to 3600000, got: \"1\"",
                "PATCH|switches|{\"quotas\": {\"memory\": 1}}|quotas.memory is not known here; known are concurrentExecutions",
                "PATCH|switches|{\"quotas\": {\"memoryMB\": 1}}|memoryMB must be between 128 and 10240, got: 1",
                "PATCH|switches|{\"speed\": 1}|speed is not known here; known are activationMs, callsPerSecond,",
                "PATCH|switches|[]|the body must be a JSON object",
                "PATCH|switches|{|the body must be JSON",
                "POST|faults|{}|kind must be error-before, error-after, lost-before,",
                "POST|faults|{\"kind\": \"late-answer\"}|delayMs must be given for this kind, got: nothing",
                "POST|faults|{\"kind\": \"error-before\", \"error\": \"Oops\"}|error must be an error code of Lambda's",
                "POST|faults|{\"kind\": \"lost-after\", \"rate\": 2}|rate must be a number from 0.0 to 1.0, got: 2",
                "PUT|models/m|{\"samplesMs\": {\"12\": [1]}}|samplesMs must have memory sizes from 128 to 10240 as names, got: 12",
                "PUT|models/m|{\"samplesMs\": {\"128\": []}}|samplesMs must have at least one duration per size",
                "PUT|models/m|{\"failureRate\": 1.5}|failureRate must be a number from 0.0 to 1.0, got: 1.5",
                "PUT|models/m|{\"memoryMB\": 64}|memoryMB must be a whole number from 128 to 10240, got: 64",
                "PUT|models/a.b|{}|the function's name must be 1 to 64 letters, digits, - or _, got: a.b",
                "GET|calls?after=x||after must be a sequence number, got: x",
            })
    void refusesWhatItDoesNotUnderstand(String method, String path, String body, String message) throws Exception {
        JsonNode before = rest.get(SWITCHES).json();
        Rest.Answer answer = rest.send(method, Admin.PATH + path, body == null ? "" : body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).startsWith(message);
        assertThat(rest.get(SWITCHES).json()).isEqualTo(before);
        assertThat(rest.get(Rest.FUNCTIONS).json().path("Functions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,things,404",
        "GET,'',404",
        "DELETE,faults/9,404",
        "DELETE,models/m,404",
        "POST,switches,405",
        "PUT,calls,405",
        "GET,reset,405",
        "POST,models/m,405"
    })
    void saysWhatThereIs(String method, String path, int status) throws Exception {
        assertThat(rest.send(method, Admin.PATH + path, "{}").status()).isEqualTo(status);
    }

    @Test
    void turnsBrowsersAway() throws Exception {
        assertThat(rest.send("PATCH", SWITCHES, "{\"updateMs\": 5}", "Origin", "http://localhost:1")
                        .status())
                .isEqualTo(403);
        assertThat(rest.get(SWITCHES).json().path("updateMs").asInt()).isZero();
        assertThat(log).anyMatch(line -> line.contains("PATCH /_memtune/admin/switches 403 AccessDeniedException"));
    }
}
