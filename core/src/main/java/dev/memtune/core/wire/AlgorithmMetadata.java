// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.function.PowerValue;
import dev.memtune.core.price.Architecture;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code metadata.json} says. The reader has checked every value; this record checks that none is missing.
 *
 * @param name the function's name, letters, digits, {@code -} and {@code _}
 * @param runtime AWS's runtime identifier, such as {@code python3.12}
 * @param handler AWS's handler string; empty if it is to be derived from the {@code handler.*} file
 * @param type empty if not said
 * @param output where results go; empty if not said, and always unless {@code type} is {@code out}
 * @param architecture the instruction set; empty if not said
 * @param memoryValues the sizes to measure, in the order given, no two the same; empty if the search chooses
 * @param invocationCount {@code num}, invocations per size, 1 to 1,000; empty if the search chooses
 * @param strategy what "best" means; empty if not said
 * @param policy the search policy's name; empty if not said
 * @param timeoutSeconds 1 to 900
 * @param environment the function's environment variables, in the order given
 * @param layers ARNs of layer versions, in the order in which they are put over one another
 * @param payload one event as JSON text, in place of the files of {@code tests/}; empty if those are used
 */
public record AlgorithmMetadata(
        String name,
        String runtime,
        Optional<String> handler,
        Optional<AlgorithmType> type,
        Optional<AlgorithmOutput> output,
        Optional<Architecture> architecture,
        List<PowerValue> memoryValues,
        OptionalInt invocationCount,
        Optional<Strategy> strategy,
        Optional<String> policy,
        int timeoutSeconds,
        Map<String, String> environment,
        List<String> layers,
        Optional<String> payload) {

    /** Used where {@code timeoutSeconds} is not given. AWS's own 3 s are too short for many functions at 128 MB. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 30;

    /** Checks that nothing is null and copies the collections. */
    public AlgorithmMetadata {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(invocationCount, "invocationCount");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(payload, "payload");
        memoryValues = List.copyOf(memoryValues);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        layers = List.copyOf(layers);
    }

    /** The metadata of a plain folder of code, everything else left to its default. */
    public static AlgorithmMetadata plain(String name, String runtime, Optional<String> handler) {
        return new AlgorithmMetadata(
                name,
                runtime,
                handler,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                DEFAULT_TIMEOUT_SECONDS,
                Map.of(),
                List.of(),
                Optional.empty());
    }
}
