// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.function.FunctionConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryLambdaTest extends FunctionControlContract {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction model = lambda.add("primes", 512);

    @Override
    protected FunctionControl control() {
        return lambda;
    }

    @Override
    protected String function() {
        return "primes";
    }

    @Override
    protected Sleeper sleeper() {
        return clock;
    }

    @Test
    void refusesChangesWhileAnUpdateIsInProgress() {
        lambda.updateMemory("primes", 1024, null);
        assertThatExceptionOfType(LambdaFault.Conflict.class)
                .isThrownBy(() -> lambda.publishVersion("primes", null, null, ""));
        clock.sleep(Duration.ofSeconds(1));
        assertThat(lambda.publishVersion("primes", null, null, "").version()).isEqualTo("1");
    }

    @Test
    void activatesAVersionAfterAWhile() {
        model.activationTime(Duration.ofSeconds(5));
        assertThat(lambda.publishVersion("primes", null, null, "").isActive()).isFalse();
        FunctionInvoker.Request request = new FunctionInvoker.Request("primes", "1", new byte[0], 30);
        assertThatExceptionOfType(LambdaFault.NotReady.class).isThrownBy(() -> lambda.invoke(request));
        clock.sleep(Duration.ofSeconds(5));
        assertThat(lambda.invoke(request).executedVersion()).isEqualTo("1");
    }

    @Test
    void reportsInTheTailWhatRan() {
        FunctionInvoker.Request request =
                new FunctionInvoker.Request("primes", FunctionConfiguration.LATEST, new byte[0], 30);
        String cold = new String(lambda.invoke(request).logTail(), StandardCharsets.UTF_8);
        String warm = new String(lambda.invoke(request).logTail(), StandardCharsets.UTF_8);
        assertThat(cold).contains("Memory Size: 512 MB", "Duration: 1384.03 ms", "Billed Duration: 1485 ms", "Init");
        assertThat(warm).contains("Billed Duration: 1385 ms").doesNotContain("Init");
    }

    @Test
    void reportsAnErrorOfTheFunction() {
        lambda.workload((memoryMB, payload, number) -> Workload.Run.failure(3, "Sandbox.Timedout"));
        FunctionInvoker.Response response =
                lambda.invoke(new FunctionInvoker.Request("primes", FunctionConfiguration.LATEST, new byte[0], 30));
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(new String(response.payload(), StandardCharsets.UTF_8)).contains("Sandbox.Timedout");
    }

    @Test
    void recordsCallsInOrderAndHooksThem() {
        List<String> seen = new ArrayList<>();
        lambda.hook(CallHook.after(call -> {
            seen.add(call.action());
            if (call.isChanging()) {
                throw new LambdaFault.OutcomeUnknown("connection reset", null);
            }
        }));
        lambda.configuration("primes", FunctionConfiguration.LATEST);
        assertThatExceptionOfType(LambdaFault.OutcomeUnknown.class)
                .isThrownBy(() -> lambda.updateMemory("primes", 1024, null));
        assertThat(model.latest().memoryMB()).isEqualTo(1024);
        assertThat(seen).containsExactly("GetFunctionConfiguration", "UpdateFunctionConfiguration");
        assertThat(lambda.calls()).extracting(LambdaCall::number).containsExactly(1, 2);
    }

    @Test
    void letsForeignActorsChangeThingsUnseen() {
        String revision = model.latest().revisionId();
        model.editMemory(256);
        model.editCode("code-2", "settings-2");
        assertThat(lambda.calls()).isEmpty();
        assertThat(model.latest().memoryMB()).isEqualTo(256);
        assertThat(model.latest().codeSha256()).isEqualTo("code-2");
        assertThat(model.latest().revisionId()).isNotEqualTo(revision);
    }
}
