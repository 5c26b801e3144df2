// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.ReportSource;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.LambdaFault.Kind;
import dev.memtune.local.service.Call;
import dev.memtune.local.service.Intervention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each adapter makes of each fault, through the SDK, and how many calls the service saw meanwhile. */
class FaultsOverTheWireTest {
    private static final String FUNCTION = "work";
    private static final Duration LATE = Duration.ofMillis(50);
    private static final byte[] EVENT = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private final AtomicInteger calls = new AtomicInteger();
    private ModelledService service;
    private LambdaClients clients;
    private FunctionControl control;

    @BeforeEach
    void start() throws Exception {
        service = ModelledService.startWithoutWindows(directory);
        service.deploy(FUNCTION, "", 512, Map.of());
        clients = service.clients();
        control = new AwsFunctionControl(clients, warning -> {});
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    /** Strikes the first calls of an operation, and counts all of them. */
    private void strike(String operation, String fault, int times) {
        calls.set(0);
        service.lambda().switches().interceptor(call -> intervention(call, operation, fault, times));
    }

    private Intervention intervention(Call call, String operation, String fault, int times) {
        if (!call.operation().equals(operation)) {
            return Intervention.PROCEED;
        }
        return calls.incrementAndGet() <= times ? intervention(fault) : Intervention.PROCEED;
    }

    private static Intervention intervention(String fault) {
        return switch (fault) {
            case "throttled" -> new Intervention.FailBefore(LambdaFault.throttled("CallerRateLimitExceeded"));
            case "5xx before" -> new Intervention.FailBefore(LambdaFault.of(Kind.SERVICE, "planned"));
            case "5xx after" -> new Intervention.FailAfter(LambdaFault.of(Kind.SERVICE, "planned"));
            case "conflict" -> new Intervention.FailBefore(LambdaFault.of(Kind.RESOURCE_CONFLICT, "planned"));
            case "not ready" -> new Intervention.FailBefore(LambdaFault.of(Kind.SNAP_START_NOT_READY, "planned"));
            case "revision" -> new Intervention.FailBefore(LambdaFault.of(Kind.PRECONDITION_FAILED, "planned"));
            case "denied" -> new Intervention.FailBefore(LambdaFault.of(Kind.ACCESS_DENIED, "planned"));
            case "lost before" -> new Intervention.LoseBefore();
            case "lost after" -> new Intervention.LoseAfter();
            case "late effect" -> new Intervention.Slow(LATE, Duration.ZERO);
            case "late answer" -> new Intervention.Slow(Duration.ZERO, LATE);
            default -> throw new IllegalArgumentException("fault must be one of the table's, got: " + fault);
        };
    }

    private void expect(String outcome, int expectedCalls, Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown == null ? "answer" : thrown.getClass().getSimpleName())
                .as(String.valueOf(thrown))
                .isEqualTo(outcome);
        assertThat(calls).hasValue(expectedCalls);
    }

    @ParameterizedTest
    @CsvSource({
        "throttled,1,answer,2", "throttled,2,answer,3", "5xx before,2,answer,3", "lost before,1,answer,2",
        "lost after,1,answer,2", "late effect,1,answer,1", "late answer,1,answer,1", "denied,9,Denied,1",
    })
    void readsAreRepeatedUnlessTheyAreRefused(String fault, int times, String outcome, int seen) {
        strike("GetFunctionConfiguration", fault, times);
        expect(outcome, seen, () -> control.configuration(FUNCTION, FunctionConfiguration.LATEST));
    }

    /** The size afterwards tells that a fault is not taken for "nothing happened". */
    @ParameterizedTest
    @CsvSource({
        "throttled,1,answer,2,1024", "throttled,2,answer,3,1024", "5xx before,1,OutcomeUnknown,1,512",
        "5xx after,1,OutcomeUnknown,1,1024", "conflict,1,Conflict,1,512", "revision,1,PreconditionFailed,1,512",
        "denied,1,Denied,1,512", "lost before,9,OutcomeUnknown,1,512", "lost after,9,OutcomeUnknown,1,1024",
        "late effect,1,answer,1,1024", "late answer,1,answer,1,1024",
    })
    void changesAreRepeatedOnlyAfterAThrottle(String fault, int times, String outcome, int seen, int memoryMB) {
        strike("UpdateFunctionConfiguration", fault, times);
        expect(outcome, seen, () -> control.updateMemory(FUNCTION, 1024, null));
        assertThat(control.configuration(FUNCTION, FunctionConfiguration.LATEST).memoryMB())
                .isEqualTo(memoryMB);
    }

    @ParameterizedTest
    @CsvSource({
        "throttled,Throttled", "5xx before,OutcomeUnknown", "5xx after,OutcomeUnknown", "conflict,Conflict",
        "not ready,NotReady", "denied,Denied", "lost before,OutcomeUnknown", "lost after,OutcomeUnknown",
        "late effect,answer", "late answer,answer",
    })
    void invocationsAreSentOnce(String fault, String outcome) {
        FunctionInvoker invoker = new AwsFunctionInvoker(clients);
        FunctionInvoker.Request request = new FunctionInvoker.Request(FUNCTION, "$LATEST", EVENT, 30);
        strike("Invoke", fault, 9);
        expect(outcome, 1, () -> invoker.invoke(request));
        strike("Invoke", fault, 9);
        expect(outcome, 1, () -> invoker.send(request));
    }

    @ParameterizedTest
    @CsvSource({
        "throttled,1,Found,2",
        "throttled,9,Missing,3",
        "5xx before,2,Found,3",
        "lost before,1,Found,2",
        "denied,9,Missing,1",
        "late answer,1,Found,1",
    })
    void logsThatCannotBeReadEndNothing(String fault, int times, String outcome, int seen) throws Exception {
        Instant since = Instant.now();
        String requestId = new AwsFunctionInvoker(clients)
                .invoke(new FunctionInvoker.Request(FUNCTION, "$LATEST", EVENT, 30))
                .requestId();
        strike("FilterLogEvents", fault, times);

        ReportLookup lookup = service.logs()
                .find(new ReportSource.Question("/aws/lambda/" + FUNCTION, requestId, since, Duration.ZERO));

        assertThat(lookup.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(calls).hasValue(seen);
    }
}
