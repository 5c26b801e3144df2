// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.run.Lease;
import dev.memtune.core.wire.Json;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.service.Call;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.Intervention;
import dev.memtune.local.service.ServiceSettings;
import dev.memtune.tests.cli.ChildCli;
import dev.memtune.tests.cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deployed stack with the embedded service as the account's Lambda: durations follow memory, and reports come with the
 * answers. Executions that need nobody to interfere run at the same time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployedStackTest {
    private static final Map<String, String> SCENARIOS = Map.of(
            "app-cost", "tune-cost.json",
            "app-speed", "tune-speed.json",
            "app-one-fails", "tune-one-size-fails.json",
            "app-all-fail", "tune-every-size-fails.json",
            "app-readme", "power-tuning-readme.json");

    private static final List<String> HELD = List.of("app-abandoned", "app-orphaned");

    /** These change the stack that all use. */
    private static final int NEXT_TO_LAST = Integer.MAX_VALUE - 1;

    private static final int LAST = Integer.MAX_VALUE;

    private static final Map<String, JsonNode> BEFORE = new LinkedHashMap<>();
    private static final Map<String, String> EXECUTIONS = new LinkedHashMap<>();

    private static volatile boolean isBroken;
    private static @Nullable EmbeddedLambda lambda;
    private static @Nullable DeployedStack stack;

    @TempDir
    static Path folder;

    @BeforeAll
    static void deploy() throws IOException, InterruptedException {
        Tools.require();
        lambda = EmbeddedLambda.start(
                ServiceSettings.defaults(folder.resolve("lambda"), InstantSource.system(), new SplittableRandom(1))
                        .withInterceptor(DeployedStackTest::intervene),
                new ProcessFunctionRunner(ProcessSettings.defaults()));
        stack = DeployedStack.deploy(List.of(lambda.endpoint()));
        for (Map.Entry<String, String> scenario : SCENARIOS.entrySet()) {
            String arn = stack.function(scenario.getKey());
            BEFORE.put(scenario.getKey(), stack.snapshot(scenario.getKey()));
            EXECUTIONS.put(scenario.getKey(), stack.start(scenario.getValue(), arn));
        }
    }

    /** Some function's aliases cannot be deleted for a while. */
    private static Intervention intervene(Call call) {
        boolean isHeld = call.operation().equals("DeleteAlias") && HELD.stream().anyMatch(call.resource()::contains);
        return isHeld && isBroken
                ? new Intervention.FailBefore(
                        LambdaFault.of(LambdaFault.Kind.ACCESS_DENIED, "not authorized, for a while"))
                : Intervention.PROCEED;
    }

    @AfterAll
    static void remove() throws IOException {
        if (stack != null) {
            stack.close();
        }
        if (lambda != null) {
            lambda.close();
        }
    }

    @Test
    void costsLeastAndMovesProd() throws IOException {
        JsonNode output = succeeded("app-cost");
        assertThat(output.path("stats")).hasSize(3);
        assertThat(output.path("stateMachine").path("executionCost").asDouble()).isPositive();
        assertThat(output.at("/costs/tuning/tunerCalls").asInt())
                .as("each step once, Execute for each size")
                .isGreaterThanOrEqualTo(6 + 3);
        assertThat(output.at("/costs/tuning/tunerGbSeconds").asDouble()).isPositive();
        assertMoved("app-cost", output.path("power").asInt());
    }

    @Test
    void runsFastestAtTheLargerSizeAndMovesProd() throws IOException {
        JsonNode output = succeeded("app-speed");
        assertThat(output.path("power").asInt()).isEqualTo(1024);
        assertThat(output.path("stats").get(0).path("averageDuration").asDouble())
                .as("a share of 1/14 of a CPU takes longer than one of 1/2")
                .isGreaterThan(output.path("duration").asDouble());
        assertMoved("app-speed", 1024);
    }

    @Test
    void aSizeThatFailsIsAResult() throws IOException {
        JsonNode output = succeeded("app-one-fails");
        assertThat(output.path("power").asInt()).isEqualTo(256);
        assertAsBefore("app-one-fails");
    }

    @Test
    void aFunctionThatFailsEverywhereIsRejected() throws IOException {
        JsonNode end = stack().end(execution("app-all-fail"));
        assertThat(end.path("status").asText()).isEqualTo("FAILED");
        assertThat(end.path("error").asText()).isEqualTo("Rejected");
        assertThat(end.path("cause").asText()).contains("works at none of the tested sizes", "does not work at 128 MB");
        assertAsBefore("app-all-fail");
    }

    @Test
    void theReadmeOfPowerTuningWorksUnchanged() throws IOException {
        JsonNode output = succeeded("app-readme");
        assertThat(output.path("stateMachine").path("visualization").asText())
                .startsWith("https://lambda-power-tuning.show/#");
        assertThat(output.path("power").asInt()).isBetween(128, 3008);
        assertAsBefore("app-readme");
    }

    @Test
    void aFunctionWhoseOwnerHasNotAgreedIsRefusedWithTheCommandThatAgrees() throws IOException {
        String arn = stack().function("app-private", Map.of("team", "other"));
        JsonNode before = stack().snapshot("app-private");
        JsonNode end = stack().end(stack().start("tune-cost.json", arn));
        assertThat(end.path("error").asText()).isEqualTo("NotTunable");
        assertThat(end.path("cause").asText()).contains("aws lambda tag-resource");
        assertThat(stack().snapshot("app-private")).isEqualTo(before);
    }

    @Test
    void oneExecutionHoldsTheFunctionUntilItIsStoppedAndCleanedUp() throws IOException, InterruptedException {
        String arn = stack().function("app-held");
        JsonNode before = stack().snapshot("app-held");
        String holder = stack().start("tune-slow.json", arn);
        stack().awaitAlias("app-held", Lease.ALIAS);

        JsonNode second = stack().end(stack().start("tune-slow.json", arn));
        assertThat(second.path("error").asText()).isEqualTo("Busy");
        Result laptop = laptop("tune", "app-held", "--payload", "{}", "--values", "128,256", "--num", "5", "--yes");
        assertThat(laptop.exitCode()).as(laptop.err()).isEqualTo(5);

        stack().awaitAlias("app-held", "memtune-256");
        stack().stop(holder);
        assertThat(stack().end(holder).path("status").asText()).isEqualTo("ABORTED");
        JsonNode recovery = stack().recovery(holder);
        assertThat(recovery.path("status").asText()).as(recovery.toString()).isEqualTo("SUCCEEDED");
        assertThat(stack().snapshot("app-held").path("versions")).isEqualTo(before.path("versions"));
        assertThat(stack().snapshot("app-held").path("aliases")).isEqualTo(before.path("aliases"));
    }

    /**
     * What a sweep cannot process is in the queue; the next one of the schedule cleans up. Meanwhile the stack is updated: the
     * tuning that is under way ends with what it began with.
     */
    @Test
    @Order(NEXT_TO_LAST)
    void theScheduleCleansUpWhatNothingElseDidAndAnUpgradeDisturbsNobody() throws IOException, InterruptedException {
        String abandoned = stack().start("tune-slow.json", known("app-abandoned"));
        stack().awaitAlias("app-abandoned", "memtune-256");
        stack().listening(false);
        stack().stop(abandoned);
        stack().end(abandoned);
        stack().outlive(abandoned);
        isBroken = true;
        stack().sweep();
        assertThat(stack().undelivered("app-abandoned").path("body").asText()).contains("not authorized, for a while");
        isBroken = false;
        stack().listening(true);

        String live = stack().start("tune-slow.json", known("app-upgraded"));
        stack().awaitAlias("app-upgraded", "memtune-256");
        stack().update("SweepRate=\"rate(1 minute)\"", "RunRetentionDays=30");
        stack().awaitRestored("app-abandoned");
        assertAsBefore("app-abandoned");
        assertThat(stack().end(live).path("status").asText()).isEqualTo("SUCCEEDED");
        assertAsBefore("app-upgraded");
    }

    @Test
    @Order(LAST)
    void aStackThatIsDeletedLeavesTheFunctionsOfRunningTuningsAsTheyWere() throws IOException, InterruptedException {
        for (String function : List.of("app-deleted", "app-orphaned")) {
            stack().start("tune-slow.json", known(function));
            stack().awaitAlias(function, "memtune-256");
        }
        isBroken = true;
        assertThat(stack().remove())
                .as("a function cannot be given back")
                .startsWith("DELETE_FAILED")
                .contains("app-orphaned");
        isBroken = false;
        assertAsBefore("app-deleted");
        Result laptop = laptop("clean", "app-orphaned", "--table", stack().table());
        assertThat(laptop.exitCode()).as(laptop.out() + laptop.err()).isZero();
        assertAsBefore("app-orphaned");
        // What failed, and is done by hand now. The emulator has deleted the sweep already, which AWS keeps until then.
        assertThat(stack().remove("Retirement")).isEqualTo("DELETE_COMPLETE");
        assertThat(stack().snapshot("app-deleted").path("unfinishedRuns").asInt())
                .as("the run store stays")
                .isZero();
    }

    /** Makes a function, and remembers it as it is; returns its ARN. */
    private static String known(String function) throws IOException {
        String arn = stack().function(function);
        BEFORE.put(function, stack().snapshot(function));
        return arn;
    }

    private static Result laptop(String... arguments) throws IOException, InterruptedException {
        Map<String, String> account = new LinkedHashMap<>(Clone.ENVIRONMENT);
        account.put("AWS_ENDPOINT_URL", stack().gateway().toString());
        account.put("AWS_ENDPOINT_URL_LAMBDA", lambda().endpoint().toString());
        return new ChildCli(folder, account).launch(arguments);
    }

    private static JsonNode succeeded(String function) throws IOException {
        JsonNode end = stack().end(execution(function));
        assertThat(end.path("status").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        return Json.tree(end.path("output").asText().getBytes(StandardCharsets.UTF_8));
    }

    private static void assertMoved(String function, int memoryMB) throws IOException {
        JsonNode after = stack().snapshot(function);
        String version = after.path("aliases").path("prod").asText();
        assertThat(after.path("versions").path(version).path("MemorySize").asInt())
                .isEqualTo(memoryMB);
        assertThat(after.path("versions").path("$LATEST"))
                .isEqualTo(before(function).path("versions").path("$LATEST"));
        assertThat(after.path("aliases")).hasSize(1);
        assertThat(after.path("versions").size()).isLessThanOrEqualTo(3);
    }

    private static void assertAsBefore(String function) throws IOException {
        JsonNode after = stack().snapshot(function);
        assertThat(after.path("versions")).isEqualTo(before(function).path("versions"));
        assertThat(after.path("aliases")).isEqualTo(before(function).path("aliases"));
    }

    private static String execution(String function) {
        return Objects.requireNonNull(EXECUTIONS.get(function), function);
    }

    private static JsonNode before(String function) {
        return Objects.requireNonNull(BEFORE.get(function), function);
    }

    private static DeployedStack stack() {
        if (stack == null) {
            throw new IllegalStateException("the stack must be deployed before the tests");
        }
        return stack;
    }

    private static EmbeddedLambda lambda() {
        if (lambda == null) {
            throw new IllegalStateException("the Lambda service must run before the tests");
        }
        return lambda;
    }
}
