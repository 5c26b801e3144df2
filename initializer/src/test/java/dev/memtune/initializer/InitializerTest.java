// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.StepMeter;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Busy;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.AccountLimits;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionTraits;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.S3Location;
import dev.memtune.core.wire.TuningState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {
    private static final String INPUT = "{\"lambdaARN\":\"primes\",\"payload\":{\"secret\":\"hunter2\"}}";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add("primes", 512);
    private final InMemoryRunStore store = new InMemoryRunStore();
    private final Initializer initializer = new Initializer(
            lambda,
            store,
            clock,
            clock,
            this::object,
            run -> new Plan(1, List.of(), run.concurrency(), false, 1),
            new InitializerLimits(Duration.ofMinutes(4), Duration.ofHours(1)));

    private final AtomicInteger fetches = new AtomicInteger();

    private byte[] object(S3Location location, int maxBytes) {
        fetches.incrementAndGet();
        if (!location.equals(new S3Location("bucket", "event.json"))) {
            throw new ObjectSource.Unreadable("there is no such bucket or object");
        }
        return "{\"from\":\"S3\"}".getBytes(StandardCharsets.UTF_8);
    }

    private TuningState initialize(String execution, String input) {
        return initializer.initialize(new InitializerInput(
                new InitializerInput.Execution(execution, "name", VirtualClock.START),
                Json.tree(input.getBytes(StandardCharsets.UTF_8))));
    }

    private List<LambdaCall> changes() {
        return lambda.calls().stream().filter(LambdaCall::isChanging).toList();
    }

    @Test
    void writesTheRunAndTakesTheLease() {
        TuningState state = initialize("a", INPUT);
        assertThat(state.next()).isEqualTo(TuningState.Next.PUBLISH);
        assertThat(state.run().runId()).isEqualTo(RunIds.of("a"));
        assertThat(state.run().token()).isEqualTo(1);
        assertThat(state.plan().maxConcurrency()).isEqualTo(50);
        assertThat(function.aliases()).containsOnlyKeys(Lease.ALIAS);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void keepsThePayloadsApartFromTheRecord() {
        Run run = store.find(initialize("a", INPUT).run().runId()).orElseThrow();
        assertThat(run.input().payloads()).isEmpty();
        assertThat(store.document(run.runId(), NamedPayload.DOCUMENT).orElseThrow())
                .contains("hunter2");
    }

    @Test
    void fetchesThePayloadOnce() {
        String input = "{\"lambdaARN\":\"primes\",\"payload\":1,\"payloadS3\":\"s3://bucket/event.json\"}";
        String runId = initialize("a", input).run().runId();
        initialize("a", input);
        assertThat(store.document(runId, NamedPayload.DOCUMENT).orElseThrow())
                .contains("{\"from\":\"S3\"}")
                .doesNotContain("\"payload\":1");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void changesNothingForAnObjectThatCannotBeRead() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> initialize("a", "{\"lambdaARN\":\"primes\",\"payloadS3\":\"s3://bucket/other\"}"))
                .withMessageContaining("payloadS3")
                .withMessageContaining("no such bucket or object")
                .withMessageContaining("s3:GetObject");
        assertThat(lambda.calls()).isEmpty();
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void isHarmlessToRepeat() {
        assertThat(initialize("a", INPUT)).isEqualTo(initialize("a", INPUT));
        assertThat(function.aliases()).hasSize(1);
    }

    @Test
    void doesNotReadTheFunctionForBadInput() {
        assertThatExceptionOfType(BadInput.class).isThrownBy(() -> initialize("a", "{\"num\":0}"));
        assertThat(lambda.calls()).isEmpty();
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void leavesTheFunctionToItsHolder() {
        initialize("a", INPUT);
        assertThatExceptionOfType(Busy.class)
                .isThrownBy(() -> initialize("b", INPUT))
                .withMessageContaining(RunIds.of("a"));
        assertThat(store.unfinished()).extracting(Run::runId).containsExactly(RunIds.of("a"));
        assertThat(Lease.parse(function.aliases().values().iterator().next().description())
                        .orElseThrow()
                        .holder())
                .isEqualTo(RunIds.of("a"));
    }

    @Test
    void refusesAFunctionThatIsNotThere() {
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> initialize("a", "{\"lambdaARN\":\"other\"}"))
                .withMessageContaining("other");
    }

    @Test
    void refusesAFunctionThatMayNotRun() {
        function.reservedConcurrency(0);
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> initialize("a", INPUT))
                .withMessageContaining("reserved concurrency of 0");
        assertThat(changes()).isEmpty();
    }

    @Test
    void refusesKindsThatCannotBeTunedAndFunctionsThatFailed() {
        FunctionConfiguration latest = function.configuration(FunctionConfiguration.LATEST);
        function.edit(now -> ModelFunction.inState(now, "Failed", null));
        assertRefused(INPUT, "in the state Failed", "deploy it anew");
        function.edit(now -> ModelFunction.inState(now, latest.state(), "it is a durable function"));
        assertRefused(INPUT, "cannot be tuned: it is a durable function");
        assertThat(changes()).isEmpty();
    }

    @Test
    void staysBelowTheReservedConcurrency() {
        function.reservedConcurrency(3);
        assertThat(initialize("a", INPUT).plan().maxConcurrency()).isEqualTo(2);
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> initialize("b", "{\"lambdaARN\":\"primes\",\"concurrency\":3}"))
                .withMessageContaining("concurrency");
    }

    @Test
    void isCarefulWhereTheLimitIsUnknown() {
        lambda.limits(AccountLimits.UNKNOWN);
        assertThat(initialize("a", INPUT).plan().maxConcurrency()).isEqualTo(10);
    }

    @Test
    void refusesAVersionWithOtherCodeThanLatest() {
        function.publish(null, null, "");
        function.editCode("code-2", "settings-1");
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> initialize("a", "{\"lambdaARN\":\"primes:1\"}"))
                .withMessageContaining("other code");
    }

    @Test
    void refusesToPromoteAnAliasThatSplitsItsCalls() {
        function.publish(null, null, "");
        function.editMemory(256);
        function.publish(null, null, "");
        function.putAlias("prod", "1", "", Map.of("2", 0.1));
        String input = "{\"lambdaARN\":\"primes\",\"autoOptimize\":true,\"autoOptimizeAlias\":\"prod\"}";
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> initialize("a", input))
                .withMessageContaining("prod");
        assertThat(changes()).isEmpty();
    }

    private static final String PROMOTING =
            "{\"lambdaARN\":\"primes\",\"autoOptimize\":true,\"autoOptimizeAlias\":\"prod\"";

    private void assertRefused(String input, String... words) {
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> initialize("a", input))
                .satisfies(refusal -> assertThat(refusal).message().contains(words));
        assertThat(changes()).isEmpty();
        assertThat(store.unfinished()).isEmpty();
    }

    private void putProd(Map<String, Double> weights) {
        function.publish(null, null, "");
        function.editMemory(256);
        function.publish(null, null, "");
        function.putAlias("prod", "1", "", weights);
    }

    @Test
    void promotesAnAliasThatSplitsItsCallsIfTold() {
        putProd(Map.of("2", 0.1));
        assertRefused(PROMOTING + "}", "allowWeightedAlias");
        assertThat(initialize("a", PROMOTING + ",\"allowWeightedAlias\":true}").run())
                .isNotNull();
    }

    @Test
    void leavesASplitToCodeDeployWhereAStackDeclaresTheFunction() {
        putProd(Map.of("2", 0.1));
        lambda.tags(Map.of("aws:cloudformation:stack-name", "shop", "aws:cloudformation:logical-id", "Primes"));
        assertRefused(PROMOTING + ",\"allowWeightedAlias\":true}", "CodeDeploy", "allowCodeDeploy");
        Run run = run(initialize("a", PROMOTING + ",\"allowCodeDeploy\":true}"));
        assertThat(Objects.requireNonNull(run.notes().declaration()).place(run.before()))
                .isEqualTo("the template of the stack shop, resource Primes");
    }

    private Run run(TuningState state) {
        return store.find(state.run().runId()).orElseThrow();
    }

    @Test
    void doesNotPromoteAnAliasWhoseEnvironmentsAreNotReady() {
        putProd(Map.of());
        function.provisionedConcurrency("prod", new ProvisionedConcurrency("IN_PROGRESS", 5, 2, ""));
        assertRefused(PROMOTING + "}", "2 of 5", "allowUnreadyConcurrency");
        function.provisionedConcurrency("prod", new ProvisionedConcurrency("FAILED", 5, 0, "no capacity"));
        assertRefused(PROMOTING + "}", "FAILED", "no capacity");
        assertThat(initialize("a", PROMOTING + ",\"allowUnreadyConcurrency\":true}")
                        .run())
                .isNotNull();
    }

    @Test
    void acceptsEnvironmentsKeptReadyElsewhere() {
        putProd(Map.of());
        function.provisionedConcurrency("prod", new ProvisionedConcurrency("READY", 5, 5, ""));
        function.provisionedConcurrency("beta", new ProvisionedConcurrency("FAILED", 5, 0, ""));
        assertThat(initialize("a", PROMOTING + "}").run()).isNotNull();
    }

    @Test
    void refusesVersionsThatTheAccountHasNoRoomFor() {
        function.traits(new FunctionTraits(1_000, null, false, 512, false));
        lambda.limits(new AccountLimits(OptionalInt.of(100), OptionalLong.of(5_999)));
        assertRefused(INPUT, "6 versions", "6000 bytes", "5999");
        lambda.limits(new AccountLimits(OptionalInt.of(100), OptionalLong.of(6_000)));
        assertThat(initialize("a", INPUT).run()).isNotNull();
    }

    @Test
    void demandsATenantWhereTheFunctionDoes() {
        String tenant = "{\"lambdaARN\":\"primes\",\"tenantId\":\"tests\"}";
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> initialize("a", tenant))
                .withMessageContaining("tenantId");
        function.traits(new FunctionTraits(1_000, null, true, 512, false));
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> initialize("a", INPUT))
                .withMessageContaining("tenantId");
        assertThat(run(initialize("a", tenant)).input().terms().tenantId()).isEqualTo("tests");
    }

    @Test
    void measuresASlowFunctionAsynchronously() {
        InitializerLimits limits =
                new InitializerLimits(Duration.ofMinutes(4), Duration.ofHours(1), Duration.ofSeconds(29));
        Initializer other = new Initializer(
                lambda,
                store,
                clock,
                clock,
                ObjectSource.NONE,
                run -> new Plan(1, List.of(), 1, false, 1),
                limits,
                StackRules.NONE);
        assertThat(run(initialize("a", INPUT)).input().terms().asynchronous()).isFalse();
        function.deleteAlias(Lease.ALIAS);
        TuningState state = other.initialize(new InitializerInput(
                new InitializerInput.Execution("b", "name", VirtualClock.START),
                Json.tree(INPUT.getBytes(StandardCharsets.UTF_8))));
        assertThat(run(state).input().terms().asynchronous()).isTrue();
    }

    @Test
    void keepsFailuresOfAsynchronousInvocationsFromOthers() {
        String asynchronous = "{\"lambdaARN\":\"primes\",\"asynchronous\":true";
        function.failureDestinations(List.of("arn:aws:sqs:eu-central-1:123456789012:failures"));
        assertRefused(asynchronous + "}", "failures", "allowDestinations");
        function.failureDestinations(List.of());
        function.traits(new FunctionTraits(0, "arn:aws:sqs:eu-central-1:123456789012:dead", false, 512, false));
        assertRefused(asynchronous + "}", "dead", "allowDestinations");
        assertThat(initialize("a", INPUT).run()).isNotNull();
        function.deleteAlias(Lease.ALIAS);
        assertThat(initialize("b", asynchronous + ",\"allowDestinations\":true}")
                        .run())
                .isNotNull();
    }

    @Test
    void notesWhoCallsLatest() {
        function.callersOfLatest(List.of("the event source mapping of arn:aws:sqs:eu-central-1:123456789012:jobs"));
        assertThat(run(initialize("a", INPUT)).notes().warnings())
                .singleElement()
                .asString()
                .contains("$LATEST", ":jobs");
    }

    private Initializer ofStack(StackRules rules) {
        return new Initializer(
                lambda,
                store,
                clock,
                clock,
                ObjectSource.NONE,
                run -> new Plan(1, List.of(), 1, false, 1),
                InitializerLimits.DEFAULT,
                rules);
    }

    private static InitializerInput begin(String input) {
        return new InitializerInput(
                new InitializerInput.Execution("a", "name", VirtualClock.START),
                Json.tree(input.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void demandsTheTagsThatAStackDemands() {
        Initializer stack = ofStack(StackRules.DEFAULT);
        String arn = function.latest().functionArn();
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> stack.initialize(begin(INPUT)))
                .withMessageContaining("`aws lambda tag-resource --resource " + arn + " --tags memtune=allow`");
        lambda.tags(Map.of("memtune", "allow"));
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> stack.initialize(begin(PROMOTING + "}")))
                .withMessageContaining("memtune-promote=allow");
        assertThat(changes()).isEmpty();
        lambda.tags(Map.of("memtune", "allow", "memtune-promote", "allow"));
        assertThat(stack.initialize(begin(PROMOTING + "}")).run()).isNotNull();
    }

    @Test
    void doesNotTakeTagsThatMayNotBeReadForConsent() {
        lambda.hook(CallHook.before(call -> {
            if (call.action().equals("ListTags")) {
                throw new LambdaFault.Denied("not authorized", null);
            }
        }));
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> ofStack(StackRules.DEFAULT).initialize(begin(INPUT)))
                .withMessageContaining("lambda:ListTags");
        assertThat(run(initialize("b", INPUT)).notes().warnings())
                .singleElement()
                .asString()
                .contains("lambda:ListTags");
    }

    @Test
    void assumesOnlyRolesThatAreAllowed() {
        String role = "{\"lambdaARN\":\"primes\",\"assumeRoleArn\":\"arn:aws:iam::123456789012:role/team-a\"}";
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> ofStack(StackRules.DEFAULT).initialize(begin(role)))
                .withMessageContaining("no role may be assumed here");
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> ofStack(new StackRules("", "", "arn:aws:iam::*:role/memtune-*"))
                        .initialize(begin(role)))
                .withMessageContaining("arn:aws:iam::*:role/memtune-*");
        assertThat(initialize("a", role).run()).isNotNull();
        assertThat(ofStack(new StackRules("", "", "arn:aws:iam::1:role/other, arn:aws:iam::*:role/team-*"))
                        .initialize(begin(role))
                        .run())
                .isNotNull();
    }

    @Test
    void waitsForAnUpdateButNotForever() {
        function.updateMemory(1024, null);
        assertThat(initialize("a", INPUT).run().runId()).isEqualTo(RunIds.of("a"));
        function.updateTime(Duration.ofHours(1)).updateMemory(512, null);
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> initialize("b", INPUT))
                .withMessageContaining("being updated");
    }

    @ParameterizedTest
    @CsvSource({
        "primes:1",
        "primes:prod",
        "primes:$LATEST",
        "arn:aws:lambda:eu-central-1:123456789012:function:primes:1"
    })
    void acceptsAQualifierThatHasTheCodeOfLatest(String reference) {
        function.publish(null, null, "");
        function.putAlias("prod", "1", "", Map.of());
        TuningState state = initialize("a", "{\"lambdaARN\":\"" + reference + "\"}");
        assertThat(state.run().function()).endsWith("primes");
        assertThat(changes()).extracting(LambdaCall::detail).containsExactly(Lease.ALIAS + " -> $LATEST");
    }

    private void putLease(Duration left, int memoryMB) {
        Lease lease = new Lease("other", 1, clock.instant().plus(left), memoryMB);
        function.putAlias(Lease.ALIAS, "$LATEST", lease.description(), Map.of());
    }

    private String holder() {
        return Lease.parse(Objects.requireNonNull(function.aliases().get(Lease.ALIAS))
                        .description())
                .orElseThrow()
                .holder();
    }

    @Test
    void takesALeaseOverThatHasRunOut() {
        putLease(Duration.ofSeconds(-1), 512);
        initialize("a", INPUT);
        assertThat(holder()).isEqualTo(RunIds.of("a"));
    }

    @Test
    void leavesAFunctionAloneThatADeadRunLeftAtATrialSize() {
        putLease(Duration.ofSeconds(-1), 2048);
        assertThatExceptionOfType(Busy.class)
                .isThrownBy(() -> initialize("a", INPUT))
                .withMessageContaining("2048")
                .withMessageContaining("memtune clean");
        assertThat(holder()).isEqualTo("other");
    }

    @Test
    void leavesAnAliasAloneThatIsNoLease() {
        function.putAlias(Lease.ALIAS, "$LATEST", "somebody's", Map.of());
        assertThatExceptionOfType(Busy.class)
                .isThrownBy(() -> initialize("a", INPUT))
                .withMessageContaining("not a lease");
    }

    @Test
    void takesTheLeaseOnceAlthoughTheAnswerWasLost() {
        AtomicInteger creations = new AtomicInteger();
        lambda.hook(CallHook.after(call -> {
            if (call.action().equals("CreateAlias") && creations.getAndIncrement() == 0) {
                throw new LambdaFault.OutcomeUnknown("500", null);
            }
        }));
        initialize("a", INPUT);
        assertThat(holder()).isEqualTo(RunIds.of("a"));
        assertThat(creations).hasValue(1);
    }

    @Test
    void beginsAgainAfterACrashBetweenAnyTwoCalls() {
        TuningState whole = new InitializerTest().initialize("a", INPUT);
        for (int at = 1; at <= 10; at++) {
            InitializerTest other = new InitializerTest();
            int number = at;
            other.lambda.hook(CallHook.after(call -> {
                if (call.number() == number) {
                    throw new IllegalStateException("the process dies after " + call);
                }
            }));
            assertThat(other.initializeOrDie()).isIn("died", whole.run().runId());
            other.lambda.hook(CallHook.NONE);
            assertThat(other.initialize("a", INPUT).run()).isEqualTo(whole.run());
            assertThat(other.function.aliases()).containsOnlyKeys(Lease.ALIAS);
        }
    }

    private String initializeOrDie() {
        try {
            return initialize("a", INPUT).run().runId();
        } catch (IllegalStateException e) {
            return "died";
        }
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void speaksJson() throws IOException {
        RequestStreamHandler handler = new InitializerHandler(initializer, StepMeter.none());
        String json =
                "{\"execution\":{\"id\":\"a\",\"name\":\"n\",\"startedAt\":\"2026-11-21T12:00:00.123Z\"},\"input\":"
                        + INPUT + "}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), out, context());
        String answer = out.toString(StandardCharsets.UTF_8);
        assertThat(Json.read(answer, TuningState.class).run().runId()).isEqualTo(RunIds.of("a"));
        assertThat(answer).doesNotContain("hunter2");
    }
}
