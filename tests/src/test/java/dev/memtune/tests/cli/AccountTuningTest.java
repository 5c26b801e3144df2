// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.wire.Json;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.LambdaFault.Kind;
import dev.memtune.local.function.Windows;
import dev.memtune.local.service.Call;
import dev.memtune.local.service.Intervention;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes before, and what is asked of, a tuning in an account; over the wire, through the SDK. */
class AccountTuningTest {
    /** The sample input of AWS Lambda Power Tuning's own documents, for our function. */
    private static final String LEADERS_INPUT = """
            {"lambdaARN": "work", "powerValues": [256, 1024], "num": 5, "payload": {}, "parallelInvocation": true,
             "strategy": "cost", "balancedWeight": 0.5, "autoOptimize": false, "dryRun": false, "discardTopBottom": 0.2,
             "sleepBetweenRunsMs": 0, "onlyColdStarts": false, "includeOutputResults": true, "disablePayloadLogs": true,
             "allowedExceptions": ["HandledError"]}
            """;

    @TempDir
    private Path folder;

    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger invocations = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private volatile boolean isThrottled;
    private volatile Set<String> denied = Set.of();
    private Account account;
    private Snapshot before;

    @BeforeEach
    void deploy() throws IOException, InterruptedException {
        account = Account.withFunction(folder.resolve("account"), this::intervene);
        before = account.snapshot();
        calls.clear();
    }

    private Intervention intervene(Call call) {
        calls.add(call.operation());
        if (call.operation().equals("Invoke") && !call.qualifier().equals(Optional.of("memtune-preflight"))) {
            invocations.incrementAndGet();
        }
        if (isThrottled && seen.incrementAndGet() % 6 == 0) {
            throttled.incrementAndGet();
            return new Intervention.FailBefore(LambdaFault.throttled("CallerRateLimitExceeded"));
        }
        if (!denied.contains(call.operation())) {
            return Intervention.PROCEED;
        }
        return new Intervention.FailBefore(LambdaFault.of(
                Kind.ACCESS_DENIED,
                "User: arn:aws:iam::000000000000:user/me is not authorized to perform: lambda:" + call.operation()
                        + " on resource: arn:aws:lambda:us-east-1:000000000000:function:work"));
    }

    @AfterEach
    void stop() throws IOException {
        account.close();
    }

    private Result tune(String... arguments) throws IOException, InterruptedException {
        String[] all = Stream.concat(Stream.of("tune"), Stream.of(arguments)).toArray(String[]::new);
        return new ChildCli(folder, account.environment()).launch(all);
    }

    private static JsonNode json(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void showsThePlanAndStops() throws Exception {
        Result result = tune("work", "--payload", "{}", "--values", "256,512,1024", "--num", "10", "--plan");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("function:work (512 MB, time-out 30 s)", "256, 512, 1024 MB", "at most 30")
                .contains("cost         at most USD 0.012", "at most 3 times, the last time back to 512 MB");
        assertThat(calls).containsOnly("GetFunctionConfiguration");
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void writesThePlanAsADocument() throws Exception {
        Path file = Files.writeString(
                folder.resolve("input.json"), "{\"lambdaARN\": \"work\", \"payload\": {}, \"maxSpend\": 0.05}");

        Result result = tune("--input", file.toString(), "--plan", "--json", "-");

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode plan = json(result.out()).path("plan");
        assertThat(plan.path("costMax").decimalValue()).isEqualByComparingTo("0.05");
        assertThat(plan.path("invocationsMax").intValue()).isPositive();
        assertThat(plan.path("policy").textValue()).isEqualTo("standard");
        assertThat(plan.path("latestChangesMax").intValue()).isPositive();
    }

    @Test
    void namesWhatIsNotPermittedBeforeAnythingIsWritten() throws Exception {
        denied = Set.of("PublishVersion", "DeleteFunction");

        Result result = tune("work", "--payload", "{}", "--yes");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        assertThat(result.err())
                .contains("not permitted: lambda:PublishVersion, lambda:DeleteFunction. Nothing was changed");
        JsonNode policy = json(result.err().substring(result.err().indexOf("{")));
        assertThat(policy.findValuesAsText("Sid")).contains("PublishAndRestore", "InvokeOwnAliases");
        assertThat(policy.toString())
                .contains(
                        "lambda:PutFunctionEventInvokeConfig",
                        "lambda:DeleteFunctionEventInvokeConfig",
                        "lambda:ListFunctionEventInvokeConfigs");
        assertThat(policy.path("Statement").findValues("Resource").toString())
                .contains("\"arn:aws:lambda:us-east-1:000000000000:function:work:memtune-*\"")
                .doesNotContain("function:*");
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void findsEveryActionThatIsNotPermitted() throws Exception {
        denied = Set.of(
                "ListVersionsByFunction",
                "ListAliases",
                "GetAlias",
                "CreateAlias",
                "UpdateAlias",
                "DeleteAlias",
                "UpdateFunctionConfiguration",
                "PublishVersion",
                "DeleteFunction",
                "Invoke");

        Result result = tune("work", "--payload", "{}", "--yes");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        Set<String> operations = denied;
        for (String operation : operations) {
            String action = operation.equals("Invoke") ? "InvokeFunction" : operation;
            assertThat(result.err().lines().filter(line -> line.contains("not permitted:")))
                    .singleElement()
                    .asString()
                    .matches(".*lambda:" + action + "[,.].*");
        }
        denied = Set.of();
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void namesTheReadThatIsNotPermitted() throws Exception {
        denied = Set.of("GetFunctionConfiguration");

        Result result = tune("work", "--payload", "{}", "--plan");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        assertThat(result.err())
                .contains("not permitted: lambda:GetFunctionConfiguration", "\"Version\" : \"2012-10-17\"");
    }

    @Test
    void theTriedCallsTakeNoEffect() throws Exception {
        denied = Set.of("Invoke");

        tune("work", "--payload", "{}", "--yes");

        assertThat(calls).contains("PublishVersion", "UpdateFunctionConfiguration", "DeleteFunction", "CreateAlias");
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void takesTheInputOfPowerTuningUnchanged() throws Exception {
        Path file = Files.writeString(folder.resolve("input.json"), LEADERS_INPUT);

        Result result = tune("--input", file.toString(), "--yes", "--json", "-");

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode output = json(result.out());
        assertThat(output.path("power").isInt()).isTrue();
        assertThat(output.path("stats").findValuesAsText("value")).containsExactly("256", "1024");
        assertThat(output.at("/stateMachine/visualization").textValue())
                .startsWith("https://lambda-power-tuning.show/#AAEABA==;");
        assertThat(output.path("samples")).hasSize(10);
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void takesAFileAsTargetAndReplacesWhatOptionsSay() throws Exception {
        Path file = Files.writeString(folder.resolve("input.json"), LEADERS_INPUT);

        Result result = tune("@" + file, "--num", "3", "--plan", "--json", "-");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(json(result.out()).at("/plan/invocationsMax").intValue()).isEqualTo(6);
    }

    @Test
    void namesTheFieldsOfAFileThatAreWrong() throws Exception {
        Path file = Files.writeString(folder.resolve("input.json"), "{\"lambdaARN\": \"work\", \"powervalues\": [1]}");

        Result result = tune("--input", file.toString(), "--yes");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("powervalues: must be a known field", "Did you mean powerValues?");
        assertThat(calls).isEmpty();
    }

    @Test
    void aDryRunInvokesEachSizeOnceAndLeavesNothing() throws Exception {
        Result result =
                tune("work", "--payload", "{}", "--values", "256,1024", "--promote", "prod", "--dry-run", "--yes");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("Dry run", "256 MB  works", "1024 MB  works")
                .doesNotContain("best");
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void everyColdStartIsOneAndNothingIsLeft() throws Exception {
        Result result = tune(
                "work",
                "--payload",
                "{}",
                "--values",
                "256,1024",
                "--num",
                "3",
                "--only-cold-starts",
                "--yes",
                "--json",
                "-");

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode output = json(result.out());
        assertThat(output.path("samples")).as(result.err()).hasSize(6).allMatch(sample -> sample.hasNonNull("initMs"));
        assertThat(output.path("options"))
                .hasSize(2)
                .allMatch(option -> option.path("samples").path("cold").intValue() == 3);
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void callsProcessorsAroundEachInvocationAndCountsTheirsForNothing() throws Exception {
        Result result = tune(
                "work",
                "--payload",
                "{}",
                "--values",
                "256,1024",
                "--num",
                "2",
                "--pre-processor",
                "work",
                "--post-processor",
                "work:prod",
                "--yes",
                "--json",
                "-");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(json(result.out()).path("samples")).hasSize(4);
        assertThat(json(result.out()).at("/spend/invocations").intValue()).isEqualTo(4);
        assertThat(invocations).hasValue(12);
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void namesTheProcessorThatFails() throws Exception {
        Result result =
                tune("work", "--payload", "{}", "--num", "2", "--values", "256", "--pre-processor", "nobody", "--yes");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        assertThat(result.err()).contains("the pre-processor nobody failed", "ProcessorFailed");
        assertThat(account.snapshot()).isEqualTo(before);
    }

    @Test
    void fetchesThePayloadOfTheCommandLineFromS3Once() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        HttpServer s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        s3.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] event = "{\"n\": 7}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            exchange.close();
        });
        s3.start();
        try {
            Map<String, String> environment = new HashMap<>(account.environment());
            environment.put(
                    "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + s3.getAddress().getPort());
            Result result = new ChildCli(folder, environment)
                    .launch(
                            "tune",
                            "work",
                            "--payload",
                            "s3://bucket/event.json",
                            "--values",
                            "256,512",
                            "--num",
                            "2",
                            "-y");

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).contains("from s3://bucket/event.json");
            assertThat(fetches).hasValue(1);
        } finally {
            s3.stop(0);
        }
    }

    @Test
    void findsTheEndpointAndTheRegionInItsOptions() throws Exception {
        Map<String, String> environment = new HashMap<>(account.environment());
        String url = Objects.requireNonNull(environment.remove("AWS_ENDPOINT_URL_LAMBDA"), "the account's endpoint");
        environment.remove("AWS_REGION");

        Result result = new ChildCli(folder, environment)
                .launch("tune", "work", "--payload", "{}", "--plan", "--endpoint-url", url, "--region", "us-east-1");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("Plan for arn:aws:lambda:us-east-1:");
    }

    @Test
    void readsRegionAndCredentialsOfAProfile() throws Exception {
        Map<String, String> environment = new HashMap<>(account.environment());
        List.of("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY").forEach(environment::remove);
        Path config = Files.writeString(folder.resolve("config"), "[profile team-a]\nregion = us-east-1\n");
        Path credentials = Files.writeString(
                folder.resolve("credentials"), "[team-a]\naws_access_key_id = a\naws_secret_access_key = b\n");
        environment.put("AWS_CONFIG_FILE", config.toString());
        environment.put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
        ChildCli cli = new ChildCli(folder, environment);

        Result known = cli.launch("tune", "work", "--payload", "{}", "--plan", "--profile", "team-a");
        assertThat(known.exitCode()).as(known.err()).isZero();

        Result unknown =
                cli.launch("tune", "work", "--payload", "{}", "--plan", "--profile", "team-b", "--region", "us-east-1");
        assertThat(unknown.exitCode()).as(unknown.err()).isEqualTo(6);
        assertThat(unknown.err())
                .contains("no AWS credentials were found", "team-b")
                .doesNotContain("\tat ");
    }

    /** Every sixth call is refused, invocations included, and changes take their time. */
    @Test
    void survivesThrottlingAndSlowWindows() throws Exception {
        account.windows(new Windows(Duration.ofMillis(400), Duration.ofMillis(300)));
        isThrottled = true;
        Path json = folder.resolve("result.json");

        Result result = tune(
                "work",
                "--payload",
                "{}",
                "--values",
                "256,1024",
                "--num",
                "6",
                "--policy",
                "exhaustive",
                "--promote",
                "prod",
                "--yes",
                "--json",
                json.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(throttled).hasValueGreaterThan(5);
        JsonNode document = json(Files.readString(json));
        assertThat(document.path("options").findValuesAsText("measured")).containsExactly("6", "6");
        assertThat(document.at("/promotion/status").asText()).isEqualTo("PROMOTED");
        assertThat(document.at("/costs/tuning/throttledCalls").asInt()).isPositive();
        assertThat(result.out()).contains("of its control plane because there were too many");
        isThrottled = false;
        assertThat(account.snapshot().versions()).hasSize(before.versions().size() + 1);
        assertThat(account.snapshot().versions().getFirst())
                .isEqualTo(before.versions().getFirst());
        assertThat(account.snapshot().aliases())
                .singleElement()
                .asString()
                .startsWith("prod -> " + document.at("/promotion/toVersion").asText());
    }
}
