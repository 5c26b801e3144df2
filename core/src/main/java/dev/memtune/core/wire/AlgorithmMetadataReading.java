// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

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
 * @param givesPayload whether there is a {@code payload}
 * @param problems everything that is wrong, in the order of the fields
 */
public record MetadataReading(
        Optional<AlgorithmMetadata> metadata,
        Optional<String> runtime,
        Optional<String> handler,
        boolean givesPayload,
        List<Problem> problems) {

    /** @throws IllegalArgumentException if there is neither metadata nor a problem, or both */
    public MetadataReading {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(handler, "handler");
        problems = List.copyOf(problems);
        if (metadata.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "metadata must be present exactly when there are no problems, got: " + problems.size()
                            + " problems, metadata present: " + metadata.isPresent());
        }
    }

    /** Metadata without a fault. */
    public static MetadataReading of(AlgorithmMetadata metadata) {
        return new MetadataReading(
                Optional.of(metadata),
                Optional.of(metadata.runtime()),
                metadata.handler(),
                metadata.payload().isPresent(),
                List.of());
    }

    /** Nothing but problems. */
    public static MetadataReading refused(List<Problem> problems) {
        return new MetadataReading(Optional.empty(), Optional.empty(), Optional.empty(), false, problems);
    }
}
