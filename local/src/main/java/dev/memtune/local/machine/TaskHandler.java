// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

/** Does what a Lambda function does for a Task state. Called by many threads at once if the machine does. */
@FunctionalInterface
public interface TaskHandler {
    /**
     * Runs the task. When its time-out passes or the execution is stopped, the calling thread is interrupted; the
     * execution then waits until this method returns, so that nothing of it is left running.
     *
     * @param input one JSON value in UTF-8
     * @return one JSON value in UTF-8
     * @throws TaskFailure to fail with an error name and a cause of its own
     * @throws Exception to fail as a Java function on Lambda does: the error name is the exception's class name, the cause
     *     a JSON document with {@code errorMessage}, {@code errorType} and {@code stackTrace}
     */
    byte[] handle(byte[] input) throws Exception;
}
