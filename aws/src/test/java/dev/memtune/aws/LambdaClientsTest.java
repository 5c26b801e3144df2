// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static dev.memtune.aws.ScriptedLambda.error;
import static dev.memtune.aws.ScriptedLambda.hangingUp;
import static dev.memtune.aws.ScriptedLambda.invocation;
import static dev.memtune.aws.ScriptedLambda.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memtune.core.port.LambdaFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LambdaClientsTest {
    private static final String FUNCTION = "{\"FunctionName\":\"work\",\"MemorySize\":512,\"Timeout\":3}";
    private static final int PARALLEL = 100;

    /** Every changing call, with each of the HTTP methods that they use. */
    enum Change {
        UPDATE_MEMORY,
        PUBLISH,
        DELETE_VERSION,
        CREATE_ALIAS,
        UPDATE_ALIAS,
        DELETE_ALIAS
    }

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

    private AwsFunctionControl control() {
        return new AwsFunctionControl(clients, warning -> {});
    }

    private void make(Change change) {
        AwsFunctionControl control = control();
        switch (change) {
            case UPDATE_MEMORY -> control.updateMemory("work", 512, "rev");
            case PUBLISH -> control.publishVersion("work", "sha", "rev", "x");
            case DELETE_VERSION -> control.deleteVersion("work", "3");
            case CREATE_ALIAS -> control.createAlias("work", "a", "3", "x");
            case UPDATE_ALIAS -> control.updateAlias("work", "a", "3", "x", "rev");
            case DELETE_ALIAS -> control.deleteAlias("work", "a");
        }
    }

    private void impatient() {
        clients.close();
        clients = lambda.clients(ScriptedLambda.IMPATIENT);
    }

    private void assertUnknown(Runnable call) {
        assertThatExceptionOfType(LambdaFault.OutcomeUnknown.class).isThrownBy(call::run);
    }

    private void invoke(String payload) {
        new AwsFunctionInvoker(clients).invoke(invocation(payload));
    }

    @Test
    void repeatsAReadAfterAnErrorOfTheServer() {
        lambda.answering(error(500, "ServiceException"), error(503, "ServiceUnavailable"), json(200, FUNCTION));
        assertThat(control().configuration("work", "$LATEST").memoryMB()).isEqualTo(512);
        assertThat(lambda.requests()).hasSize(3);
    }

    @Test
    void repeatsAReadAfterALostAnswer() {
        lambda.answering(hangingUp(), hangingUp(), hangingUp(), json(200, FUNCTION));
        assertThat(control().configuration("work", "$LATEST").memoryMB()).isEqualTo(512);
        assertThat(lambda.requests()).hasSize(4);
    }

    @Test
    void repeatsAReadThatStalls() {
        impatient();
        lambda.answering(lambda.stalling(), json(200, FUNCTION));
        assertThat(control().configuration("work", "$LATEST").memoryMB()).isEqualTo(512);
        assertThat(lambda.requests()).hasSize(2);
    }

    @Test
    void givesUpAReadAfterSixAttempts() {
        lambda.answering(error(500, "ServiceException"));
        assertUnknown(() -> control().configuration("work", "$LATEST"));
        assertThat(lambda.requests()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource
    void sendsAChangeOnceWhenTheServerFails(Change change) {
        lambda.answering(error(500, "ServiceException"));
        assertUnknown(() -> make(change));
        assertThat(lambda.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void sendsAChangeOnceWhenTheConnectionBreaks(Change change) {
        lambda.answering(hangingUp());
        assertUnknown(() -> make(change));
        assertThat(lambda.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void sendsAChangeOnceWhenAKeptConnectionBreaks(Change change) {
        lambda.answering(json(200, FUNCTION));
        control().configuration("work", "$LATEST");
        lambda.answering(hangingUp());
        assertUnknown(() -> make(change));
        assertThat(lambda.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void sendsAChangeOnceWhenTheAnswerStalls(Change change) {
        impatient();
        lambda.answering(lambda.stalling());
        assertUnknown(() -> make(change));
        assertThat(lambda.requests()).hasSize(1);
    }

    @Test
    void repeatsAChangeThatWasThrottled() {
        lambda.answering(error(429, "TooManyRequestsException"), json(200, FUNCTION));
        assertThat(control().updateMemory("work", 512, "rev").memoryMB()).isEqualTo(512);
        assertThat(lambda.requests()).hasSize(2).allMatch(request -> request.contains("\"MemorySize\":512"));
    }

    @Test
    void countsTheCallsThatWereThrottledUntilSomebodyAsks() {
        lambda.answering(
                error(429, "TooManyRequestsException"), error(429, "TooManyRequestsException"), json(200, FUNCTION));
        control().configuration("work", "$LATEST");
        assertThat(clients.throttles().take()).isEqualTo(2);
        assertThat(clients.throttles().take()).isZero();
    }

    @Test
    void sendsAnInvocationOnceWhenTheServerFails() {
        lambda.answering(error(500, "ServiceException"));
        assertUnknown(() -> invoke("{}"));
        assertThat(lambda.requests()).hasSize(1);
    }

    @Test
    void sendsAnInvocationOnceWhenItIsThrottled() {
        lambda.answering(error(429, "TooManyRequestsException", "Retry-After", "1"));
        assertThatExceptionOfType(LambdaFault.Throttled.class).isThrownBy(() -> invoke("{}"));
        assertThat(lambda.requests()).hasSize(1);
    }

    @Test
    void sendsAnInvocationOnceWhenTheConnectionBreaks() {
        for (String payload : List.of("{}", "", '"' + "x".repeat(1_000_000) + '"')) {
            lambda.answering(hangingUp());
            assertUnknown(() -> invoke(payload));
            assertThat(lambda.requests()).hasSize(1);
        }
    }

    @Test
    void sendsAnInvocationOnceWhenAKeptConnectionBreaks() {
        lambda.answering(json(200, "1"), json(200, "2"), hangingUp());
        invoke("{}");
        invoke("{}");
        assertThat(lambda.connections()).isEqualTo(1);
        assertUnknown(() -> invoke("{}"));
        assertThat(lambda.requests()).hasSize(3);
    }

    @Test
    void sendsAnInvocationOnceWhenAKeptConnectionStalls() {
        impatient();
        lambda.answering(json(200, "1"), lambda.stalling());
        invoke("{}");
        assertUnknown(() -> invoke("{}"));
        assertThat(lambda.requests()).hasSize(2);
    }

    @Test
    void sendsNothingOnAnInterruptedThreadAndLeavesItInterrupted() {
        lambda.answering(json(200, FUNCTION));
        Thread.currentThread().interrupt();
        try {
            assertUnknown(() -> invoke("{}"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(lambda.requests()).isEmpty();
    }

    @Test
    void waitsLongerForFunctionsThatMayRunLonger() {
        assertThat(clients.invocations(3)).isSameAs(clients.invocations(30));
        assertThat(clients.invocations(31)).isNotSameAs(clients.invocations(30));
        assertThat(clients.invocations(900)).isNotSameAs(clients.invocations(150));
        AnswerTimeouts aws = AnswerTimeouts.of(new Endpoint.Default());
        assertThat(aws.invocation().apply(900)).hasSeconds(930);
        assertThat(aws.invocation().apply(30)).hasSeconds(60);
    }

    @Test
    void refusesATimeoutThatLambdaDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clients.invocations(901))
                .withMessageContaining("timeoutSeconds")
                .withMessageContaining("901");
    }

    @Test
    void reusesTheConnectionsOfParallelInvocations() throws Exception {
        lambda.answering(json(200, "\"ok\""));
        AwsFunctionInvoker invoker = new AwsFunctionInvoker(clients);
        invoker.invoke(invocation("{}"));
        CyclicBarrier together = new CyclicBarrier(PARALLEL);
        int rounds = 5;
        Callable<Void> caller = () -> {
            for (int round = 0; round < rounds; round++) {
                together.await(60, TimeUnit.SECONDS);
                invoker.invoke(invocation("{}"));
            }
            return null;
        };
        List<Future<Void>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PARALLEL; i++) {
                calls.add(threads.submit(caller));
            }
            for (Future<Void> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(lambda.requests()).hasSize(PARALLEL * rounds + 1);
        assertThat(lambda.connections()).isLessThanOrEqualTo(PARALLEL);
    }
}
