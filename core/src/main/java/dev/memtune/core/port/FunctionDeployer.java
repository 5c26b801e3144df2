// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.price.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Brings code to a Lambda endpoint. Used for code on this machine; tuning itself never deploys. */
public interface FunctionDeployer {

    /**
     * Creates the function, or gives an existing one of this name the code and settings; returns when it is active.
     *
     * @throws LambdaFault if the endpoint refuses it
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    void deploy(Deployment deployment) throws InterruptedException;

    /**
     * Deletes the function with its versions and aliases; nothing if it is not there.
     *
     * @throws LambdaFault if the endpoint refuses it
     */
    void remove(String functionName);

    /**
     * What to deploy.
     *
     * @param functionName the name
     * @param runtime AWS's runtime identifier
     * @param handler AWS's handler string
     * @param architecture the instruction set
     * @param zip the code as a zip
     * @param memoryMB the memory size of {@code $LATEST}, 128 to 10,240
     * @param timeoutSeconds the time-out, 1 to 900
     * @param environment environment variables
     * @param layers ARNs of layer versions, in the order in which they are put over one another
     */
    record Deployment(
            String functionName,
            String runtime,
            String handler,
            Architecture architecture,
            byte[] zip,
            int memoryMB,
            int timeoutSeconds,
            Map<String, String> environment,
            List<String> layers) {
        /** Checks that nothing is null, and copies the collections. */
        public Deployment {
            Objects.requireNonNull(functionName, "functionName");
            Objects.requireNonNull(runtime, "runtime");
            Objects.requireNonNull(handler, "handler");
            Objects.requireNonNull(architecture, "architecture");
            Objects.requireNonNull(zip, "zip");
            environment = Map.copyOf(environment);
            layers = List.copyOf(layers);
        }

        /** For x86_64, without layers. */
        public Deployment(
                String functionName,
                String runtime,
                String handler,
                byte[] zip,
                int memoryMB,
                int timeoutSeconds,
                Map<String, String> environment) {
            this(
                    functionName,
                    runtime,
                    handler,
                    Architecture.X86_64,
                    zip,
                    memoryMB,
                    timeoutSeconds,
                    environment,
                    List.of());
        }
    }
}
