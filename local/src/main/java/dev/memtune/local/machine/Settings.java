// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What surrounds the executions of a machine.
 *
 * @param machineArn what the context object shows as StateMachine.Id, {@code
 *     arn:aws:states:<region>:<account>:stateMachine:<name>}
 * @param timer the time
 * @param random for jitter, States.UUID and States.MathRandom; need not be safe for use by many threads
 * @param listener sees all events
 */
public record Settings(String machineArn, Timer timer, RandomGenerator random, MachineListener listener) {
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:stateMachine:[^:\\s]+");

    public Settings {
        if (!ARN.matcher(machineArn).matches()) {
            throw new IllegalArgumentException(
                    "machineArn must be arn:aws:states:<region>:<account>:stateMachine:<name>, got: " + machineArn);
        }
        random = random instanceof SharedRandom ? random : new SharedRandom(random);
    }

    /** Real time and randomness, and an account number of zeros. */
    public static Settings system(String machineName, MachineListener listener) {
        return new Settings(
                "arn:aws:states:us-east-1:000000000000:stateMachine:" + machineName,
                Timer.system(),
                RandomGenerator.getDefault(),
                listener);
    }

    String machineName() {
        return machineArn.substring(machineArn.lastIndexOf(':') + 1);
    }

    String executionArn(String executionName) {
        return machineArn.replace(":stateMachine:", ":execution:") + ":" + executionName;
    }
}
