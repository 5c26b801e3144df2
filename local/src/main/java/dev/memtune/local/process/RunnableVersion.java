// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that is needed to run one version of a function (or {@code $LATEST} at one revision).
 *
 * @param versionArn identifies the warm pool: the qualified ARN, for {@code $LATEST} with its revision added by the caller,
 *     so that a changed configuration never meets an environment of the old one
 * @param functionName as in {@code AWS_LAMBDA_FUNCTION_NAME}
 * @param version as in {@code AWS_LAMBDA_FUNCTION_VERSION}: a number or {@code $LATEST}
 * @param runtime AWS's runtime identifier, such as {@code java21}, {@code python3.12}, {@code nodejs22.x},
 *     {@code provided.al2023}; the family decides, the machine's own interpreter runs it
 * @param handler AWS's handler string
 * @param codeDirectory the unpacked code, {@code LAMBDA_TASK_ROOT}; never written to
 * @param memoryMB 128 to 10,240
 * @param timeout the function's time-out, more than zero
 * @param environment the function's own environment variables
 * @param hosting what it is run with besides its code
 */
public record RunnableVersion(
        String versionArn,
        String functionName,
        String version,
        String runtime,
        String handler,
        Path codeDirectory,
        int memoryMB,
        Duration timeout,
        Map<String, String> environment,
        Hosting hosting) {

    /** @throws IllegalArgumentException if the time-out is not positive */
    public RunnableVersion {
        Objects.requireNonNull(versionArn, "versionArn");
        Objects.requireNonNull(codeDirectory, "codeDirectory");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, got: " + timeout);
        }
        environment = Map.copyOf(environment);
        Objects.requireNonNull(hosting, "hosting");
    }

    /** A version without layers, with text logs, started on demand. */
    public RunnableVersion(
            String versionArn,
            String functionName,
            String version,
            String runtime,
            String handler,
            Path codeDirectory,
            int memoryMB,
            Duration timeout,
            Map<String, String> environment) {
        this(
                versionArn,
                functionName,
                version,
                runtime,
                handler,
                codeDirectory,
                memoryMB,
                timeout,
                environment,
                Hosting.plain(functionName));
    }

    /** The same with another hosting. */
    public RunnableVersion with(Hosting other) {
        return new RunnableVersion(
                versionArn,
                functionName,
                version,
                runtime,
                handler,
                codeDirectory,
                memoryMB,
                timeout,
                environment,
                other);
    }
}
