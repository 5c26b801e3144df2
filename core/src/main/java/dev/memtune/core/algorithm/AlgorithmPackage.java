// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import dev.memtune.core.wire.AlgorithmMetadata;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A package without a fault.
 *
 * @param metadata what {@code metadata.json} says
 * @param handler AWS's handler string, given or derived
 * @param family the family of the metadata's runtime
 * @param testEvents what to test and measure with, sorted by name; empty only for a plain folder
 * @param code every file to deploy, by its deployed path
 */
public record AlgorithmPackage(
        AlgorithmMetadata metadata,
        String handler,
        RuntimeFamily family,
        List<TestEvent> testEvents,
        NavigableMap<String, PackageFile> code) {

    /** @throws IllegalArgumentException if there is no code */
    public AlgorithmPackage {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(family, "family");
        testEvents = List.copyOf(testEvents);
        code = Collections.unmodifiableNavigableMap(new TreeMap<>(code));
        if (code.isEmpty()) {
            throw new IllegalArgumentException("a package must have code, got no files for " + metadata.name());
        }
    }

    /** The function's name. */
    public String name() {
        return metadata.name();
    }

    /**
     * The zip to give to CreateFunction, made anew at each call; the same package gives the same bytes on every machine and
     * with every run, as long as the JDK's Deflater is the same.
     */
    public byte[] deployableZip() {
        return DeployableZip.of(code);
    }
}
