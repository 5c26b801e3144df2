// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A layer with its versions.
 *
 * @param name the bare name
 * @param lastVersion the highest version number ever given, 0 if none
 * @param versions the versions that exist
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html">Layers</a>
 */
public record Layer(String name, int lastVersion, NavigableMap<Integer, LayerVersion> versions) {
    /** Copies the map. */
    public Layer {
        Objects.requireNonNull(name, "name");
        versions = Collections.unmodifiableNavigableMap(new TreeMap<>(versions));
    }

    /**
     * A version of a layer: it never changes.
     *
     * @param number 1 and up, never used again
     * @param code the zip file
     * @param description up to 256 characters, empty if none
     * @param licenseInfo up to 512 characters, empty if none
     * @param runtimes the runtimes that its publisher names
     * @param architectures the architectures that its publisher names
     * @param created when it was published
     */
    public record LayerVersion(
            int number,
            Code code,
            String description,
            String licenseInfo,
            List<String> runtimes,
            List<String> architectures,
            Instant created) {
        /** Copies the lists. */
        public LayerVersion {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(licenseInfo, "licenseInfo");
            runtimes = List.copyOf(runtimes);
            architectures = List.copyOf(architectures);
            Objects.requireNonNull(created, "created");
        }

        /** Whether it is for these; one that names none is for all. */
        public boolean suits(Optional<String> runtime, Optional<String> architecture) {
            return runtime.map(runtimes::contains).orElse(true)
                    && architecture.map(architectures::contains).orElse(true);
        }
    }

    /** The same with one more version. */
    public Layer with(LayerVersion version) {
        NavigableMap<Integer, LayerVersion> changed = new TreeMap<>(versions);
        changed.put(version.number(), version);
        return new Layer(name, Math.max(lastVersion, version.number()), changed);
    }

    /** The same without a version; its number is not used again. */
    public Layer without(int number) {
        NavigableMap<Integer, LayerVersion> changed = new TreeMap<>(versions);
        changed.remove(number);
        return new Layer(name, lastVersion, changed);
    }
}
