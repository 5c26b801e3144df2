// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a version is run with besides its code.
 *
 * @param layers the merged content of its layers, Lambda's {@code /opt}; empty if it has none
 * @param logs how it logs
 * @param initialization what starts its environments
 */
public record Hosting(Optional<Path> layers, LogSettings logs, Initialization initialization) {
    /** Checks that nothing is null. */
    public Hosting {
        Objects.requireNonNull(layers, "layers");
        Objects.requireNonNull(logs, "logs");
        Objects.requireNonNull(initialization, "initialization");
    }

    /** Without layers, with text logs, on demand. */
    public static Hosting plain(String functionName) {
        return new Hosting(Optional.empty(), LogSettings.text(functionName), Initialization.ON_DEMAND);
    }

    /** The same for environments that something else starts. */
    public Hosting startedBy(Initialization other) {
        return new Hosting(layers, logs, other);
    }
}
