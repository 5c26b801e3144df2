// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

/**
 * Deploys algorithms: on AWS a CloudFormation stack for each. Every call begins something or looks, and none waits: a deployment
 * takes minutes.
 */
public interface AlgorithmStacks {

    /**
     * Begins to deploy the item's present attempt, as a new function or as new code of an existing one. Repeating it is harmless:
     * a deployment of this attempt that is under way or has ended is not begun again. What an earlier failure has left in the
     * way may be removed first; then the state comes to be {@link StackState.Absent}, and the deployment is to be begun again.
     *
     * @param item with content
     * @throws dev.memtune.core.port.LambdaFault.Refused if it can never be deployed: something is wrong with the algorithm
     * @throws dev.memtune.core.port.LambdaFault.Conflict if another change is under way
     * @throws dev.memtune.core.port.LambdaFault if it was not begun, or if nobody knows; beginning it again is safe
     */
    void deploy(AlgorithmItem item);

    /**
     * Lets what comes to the algorithm reach its {@code prod} alias, which must be there by now. Begins, and may be repeated, as
     * {@link #deploy}; once done, it stays so through later deployments.
     *
     * @return true if there is nothing to do, or nothing any more; false if it was begun
     * @throws dev.memtune.core.port.LambdaFault.Conflict if another change is under way
     * @throws dev.memtune.core.port.LambdaFault if it was not begun, or if nobody knows; beginning it again is safe
     */
    boolean connect(String name);

    /**
     * Begins to remove the function with all that belongs to it; nothing if it is not there.
     *
     * @throws dev.memtune.core.port.LambdaFault.Conflict if another change is under way
     * @throws dev.memtune.core.port.LambdaFault if it was not begun, or if nobody knows; beginning it again is safe
     */
    void remove(String name);

    /**
     * How far the algorithm's stack has come.
     *
     * @throws dev.memtune.core.port.LambdaFault if the endpoint did not tell
     */
    StackState state(String name);
}
