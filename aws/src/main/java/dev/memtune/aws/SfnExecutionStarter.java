// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.ExecutionStarter;
import java.util.Objects;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/**
 * Starts executions of a Standard state machine of AWS Step Functions. Needs {@code states:StartExecution}. A start that is
 * repeated while the execution runs, with the same input, counts as one: Step Functions answers both alike.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
 */
public final class SfnExecutionStarter implements ExecutionStarter, AutoCloseable {
    private final SfnClient machines;
    private final String machineArn;
    private final Access access;

    private SfnExecutionStarter(SfnClient machines, String machineArn, Access access) {
        this.machines = machines;
        this.machineArn = Objects.requireNonNull(machineArn, "machineArn");
        this.access = access;
    }

    /** Starts executions of this state machine; no connection is made yet. */
    public static SfnExecutionStarter of(Endpoint endpoint, String machineArn) {
        Access access = Access.to(endpoint);
        return new SfnExecutionStarter(
                access.configure(Waiting.SHORT.configure(SfnClient.builder())).build(), machineArn, access);
    }

    @Override
    public boolean start(String name, String input) {
        return Faults.translating(() -> {
            try {
                machines.startExecution(request ->
                        request.stateMachineArn(machineArn).name(name).input(input));
                return true;
            } catch (ExecutionAlreadyExistsException e) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        machines.close();
        access.close();
    }
}
