// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.wire.AlgorithmMetadata;
import dev.memtune.core.wire.AlgorithmOutput;
import dev.memtune.core.wire.AlgorithmType;
import dev.memtune.core.wire.Strategy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an algorithm is deployed and tuned: its checked {@code metadata.json}, in the form that an item keeps.
 *
 * @param runtime AWS's runtime identifier
 * @param handler AWS's handler string, given or derived
 * @param type null if not said
 * @param output where results go; null if not said
 * @param architecture the instruction set; null if not said
 * @param timeoutSeconds 1 to 900
 * @param environment the function's environment variables
 * @param layers ARNs of layer versions
 * @param memoryValues the sizes to measure in MB; empty if the search chooses
 * @param num invocations per size; null if the search chooses
 * @param strategy null if not said
 * @param policy null if not said
 */
public record AlgorithmSettings(
        String runtime,
        String handler,
        @Nullable AlgorithmType type,
        @Nullable AlgorithmOutput output,
        @Nullable Architecture architecture,
        int timeoutSeconds,
        Map<String, String> environment,
        List<String> layers,
        List<Integer> memoryValues,
        @Nullable Integer num,
        @Nullable Strategy strategy,
        @Nullable String policy) {
    /** Checks what must be there, and copies the collections. */
    public AlgorithmSettings {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(handler, "handler");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        layers = List.copyOf(layers);
        memoryValues = List.copyOf(memoryValues);
    }

    /** The settings of a package. */
    public static AlgorithmSettings of(AlgorithmPackage algorithm) {
        AlgorithmMetadata metadata = algorithm.metadata();
        return new AlgorithmSettings(
                metadata.runtime(),
                algorithm.handler(),
                metadata.type().orElse(null),
                metadata.output().orElse(null),
                metadata.architecture().orElse(null),
                metadata.timeoutSeconds(),
                metadata.environment(),
                metadata.layers(),
                metadata.memoryValues().stream().map(PowerValue::memoryMB).toList(),
                metadata.invocationCount().isPresent()
                        ? metadata.invocationCount().getAsInt()
                        : null,
                metadata.strategy().orElse(null),
                metadata.policy().orElse(null));
    }
}
