// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/**
 * Runs invocations of function versions. One execution environment serves one invocation at a time; environments are kept
 * warm per version and are recycled after errors as AWS Lambda does.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface FunctionRunner extends AutoCloseable {

    /**
     * Runs one invocation to its end: a response, a function error, a time-out or a failed init are all results.
     *
     * @throws NotRun if the function was not even started: a runtime this machine lacks, too many waiting, a closed host
     * @throws InterruptedException if the calling thread is interrupted; the environment in use is then destroyed
     */
    InvocationResult invoke(RunnableVersion version, Invocation invocation) throws InterruptedException;

    /** Stops every environment of this version, idle or busy. Does nothing for a version that never ran. */
    void retire(String versionArn);

    /**
     * Keeps environments of a version ready before they are asked for, started in the background, as many as there is room
     * for. A runner that keeps none does nothing.
     *
     * @param environments how many; 0 for none any more
     */
    default void provision(RunnableVersion version, int environments) {}

    /** How the CPU share and the memory limit are enforced on this machine. */
    Isolation isolation();

    /** Stops every environment; no process of a function is left when this returns. */
    @Override
    void close();
}
