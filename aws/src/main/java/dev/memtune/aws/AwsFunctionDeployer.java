// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.FunctionDeployer;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.Sleeper;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/** Deploys code through the SDK. */
public final class AwsFunctionDeployer implements FunctionDeployer {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MAX_POLLS = 1_200;
    private static final String FAILED = "Failed";

    private final LambdaClient reads;
    private final LambdaClient changes;
    private final String roleArn;
    private final Sleeper sleeper;

    /**
     * On the clients of this process.
     *
     * @param roleArn the execution role of functions that are created
     */
    public AwsFunctionDeployer(LambdaClients clients, String roleArn, Sleeper sleeper) {
        this.reads = clients.reads();
        this.changes = clients.changes();
        this.roleArn = roleArn;
        this.sleeper = sleeper;
    }

    @Override
    public void deploy(Deployment deployment) throws InterruptedException {
        if (exists(deployment.functionName())) {
            update(deployment);
        } else {
            create(deployment);
        }
        requireSound(deployment.functionName(), awaitSettled(deployment.functionName()));
    }

    @Override
    public void remove(String functionName) {
        try {
            Faults.translating(() -> changes.deleteFunction(request -> request.functionName(functionName)));
        } catch (LambdaFault.NotFound e) {
            // Gone is what was wanted.
        }
    }

    private boolean exists(String function) {
        try {
            Faults.translating(() -> reads.getFunctionConfiguration(request -> request.functionName(function)));
            return true;
        } catch (LambdaFault.NotFound e) {
            return false;
        }
    }

    private void create(Deployment deployment) {
        Faults.translating(() -> changes.createFunction(request -> request.functionName(deployment.functionName())
                .runtime(deployment.runtime())
                .handler(deployment.handler())
                .architecturesWithStrings(deployment.architecture().wireName())
                .role(roleArn)
                .memorySize(deployment.memoryMB())
                .timeout(deployment.timeoutSeconds())
                .environment(environment -> environment.variables(deployment.environment()))
                .layers(deployment.layers())
                .code(code -> code.zipFile(SdkBytes.fromByteArrayUnsafe(deployment.zip())))));
    }

    private void update(Deployment deployment) throws InterruptedException {
        String function = deployment.functionName();
        awaitSettled(function);
        Faults.translating((Supplier<?>) () -> changes.updateFunctionCode(request -> request.functionName(function)
                .architecturesWithStrings(deployment.architecture().wireName())
                .zipFile(SdkBytes.fromByteArrayUnsafe(deployment.zip()))));
        requireSound(function, awaitSettled(function));
        Faults.translating(
                (Supplier<?>) () -> changes.updateFunctionConfiguration(request -> request.functionName(function)
                        .runtime(deployment.runtime())
                        .handler(deployment.handler())
                        .memorySize(deployment.memoryMB())
                        .timeout(deployment.timeoutSeconds())
                        .environment(environment -> environment.variables(deployment.environment()))
                        .layers(deployment.layers())));
    }

    private GetFunctionConfigurationResponse awaitSettled(String function) throws InterruptedException {
        for (int poll = 0; poll < MAX_POLLS; poll++) {
            GetFunctionConfigurationResponse now =
                    Faults.translating(() -> reads.getFunctionConfiguration(request -> request.functionName(function)));
            if (!"Pending".equals(now.stateAsString()) && !"InProgress".equals(now.lastUpdateStatusAsString())) {
                return now;
            }
            sleeper.sleep(POLL);
        }
        throw new LambdaFault.NotReady(
                function + " did not become active within "
                        + POLL.multipliedBy(MAX_POLLS).toSeconds() + " s",
                null);
    }

    private static void requireSound(String function, GetFunctionConfigurationResponse settled) {
        if (FAILED.equals(settled.stateAsString())) {
            throw failure(function, "State", settled.stateReasonCodeAsString(), settled.stateReason());
        }
        if (FAILED.equals(settled.lastUpdateStatusAsString())) {
            throw failure(
                    function,
                    "LastUpdateStatus",
                    settled.lastUpdateStatusReasonCodeAsString(),
                    settled.lastUpdateStatusReason());
        }
    }

    private static LambdaFault failure(String function, String field, @Nullable String code, @Nullable String reason) {
        String known = Objects.requireNonNullElse(code, "no reason code");
        return new LambdaFault.Refused(
                function + " was not deployed, its " + field + " is " + FAILED + ": " + known + ": "
                        + Objects.requireNonNullElse(reason, "no reason given"),
                known,
                null);
    }
}
