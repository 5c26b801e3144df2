// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.failure.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What could be made of {@code metadata.json}. The parts let the rest of a package be checked even where the whole is
 * refused, so that every problem is listed at once.
 *
 * @param metadata present if and only if {@code problems} is empty
 * @param runtime the runtime, if it is right
 * @param handler the handler, if it is given and right
 * @param givesPayload whether there is a {@code payload}; empty if the JSON could not be read
 * @param problems everything that is wrong, in the order of the fields
 */
public record AlgorithmMetadataReading(
        Optional<AlgorithmMetadata> metadata,
        Optional<String> runtime,
        Optional<String> handler,
        Optional<Boolean> givesPayload,
        List<Problem> problems) {

    /** @throws IllegalArgumentException if there is neither metadata nor a problem, or both */
    public AlgorithmMetadataReading {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(givesPayload, "givesPayload");
        problems = List.copyOf(problems);
        if (metadata.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("metadata must be present exactly when there are no problems, got: "
                    + problems.size() + " problems, metadata present: " + metadata.isPresent());
        }
    }

    /** Metadata without a fault. */
    public static AlgorithmMetadataReading of(AlgorithmMetadata metadata) {
        return new AlgorithmMetadataReading(
                Optional.of(metadata),
                Optional.of(metadata.runtime()),
                metadata.handler(),
                Optional.of(metadata.payload().isPresent()),
                List.of());
    }

    /** Nothing but problems. */
    public static AlgorithmMetadataReading refused(List<Problem> problems) {
        return new AlgorithmMetadataReading(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), problems);
    }
}
