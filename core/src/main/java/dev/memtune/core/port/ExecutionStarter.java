// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

/** Starts executions of the state machine. */
@FunctionalInterface
public interface ExecutionStarter {
    /**
     * Starts an execution, once for every name.
     *
     * @param name 1 to 80 letters, digits, {@code -} and {@code _}
     * @param input the state machine's input as JSON
     * @return false, and nothing is started, if an execution of this name was started before, with whatever input
     * @throws LambdaFault if it was not started, or if nobody knows; starting it again under the same name is safe
     */
    boolean start(String name, String input);
}
