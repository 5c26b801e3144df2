// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a version fixes besides its code. Every component is one of the changes that make PublishVersion create a new
 * version.
 *
 * @param runtime AWS's runtime identifier
 * @param role the execution role's ARN; never assumed
 * @param handler AWS's handler string
 * @param description up to 256 characters, empty if none
 * @param timeoutSeconds 1 to 900
 * @param memoryMB 128 to 10,240
 * @param environment the function's own environment variables
 * @param ephemeralStorageMB the size of {@code /tmp}, 512 to 10,240
 * @param architecture {@code x86_64} or {@code arm64}
 * @param tracingMode {@code PassThrough} or {@code Active}
 * @param logging how log lines are written
 * @param deadLetterArn the dead-letter target, if any
 * @param kmsKeyArn the key for the environment, if any; nothing is encrypted here
 * @param layers the layers, the first one at the bottom
 * @param snapStart whether published versions start from a snapshot: {@code ApplyOn: PublishedVersions}
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html">Manage function versions</a>
 */
public record Configuration(
        String runtime,
        String role,
        String handler,
        String description,
        int timeoutSeconds,
        int memoryMB,
        Map<String, String> environment,
        int ephemeralStorageMB,
        String architecture,
        String tracingMode,
        Logging logging,
        Optional<String> deadLetterArn,
        Optional<String> kmsKeyArn,
        List<LayerUse> layers,
        boolean snapStart) {

    /** Lambda's default time-out. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 3;
    /** Lambda's default memory size. */
    public static final int DEFAULT_MEMORY_MB = 128;
    /** Lambda's default size of {@code /tmp}. */
    public static final int DEFAULT_EPHEMERAL_STORAGE_MB = 512;

    /** Copies the environment. */
    public Configuration {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(description, "description");
        environment = Map.copyOf(environment);
        layers = List.copyOf(layers);
    }

    /**
     * What CreateFunction starts from: the defaults of <a
     * href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html">CreateFunction</a>. Runtime, role and
     * handler are empty and have to be given.
     */
    public static Configuration initial(String functionName) {
        return new Configuration(
                "",
                "",
                "",
                "",
                DEFAULT_TIMEOUT_SECONDS,
                DEFAULT_MEMORY_MB,
                Map.of(),
                DEFAULT_EPHEMERAL_STORAGE_MB,
                "x86_64",
                "PassThrough",
                Logging.text(functionName),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    /** The same with another description, which is what PublishVersion may change. */
    public Configuration withDescription(String newDescription) {
        return new Configuration(
                runtime,
                role,
                handler,
                newDescription,
                timeoutSeconds,
                memoryMB,
                environment,
                ephemeralStorageMB,
                architecture,
                tracingMode,
                logging,
                deadLetterArn,
                kmsKeyArn,
                layers,
                snapStart);
    }

    /** The same for another architecture, which UpdateFunctionCode may change. */
    public Configuration withArchitecture(String newArchitecture) {
        return new Configuration(
                runtime,
                role,
                handler,
                description,
                timeoutSeconds,
                memoryMB,
                environment,
                ephemeralStorageMB,
                newArchitecture,
                tracingMode,
                logging,
                deadLetterArn,
                kmsKeyArn,
                layers,
                snapStart);
    }
}
