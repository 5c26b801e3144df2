// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.util.Optional;

/** Reads the JSON of a package; a port, so that this package needs no JSON library. Implementations are thread-safe. */
public interface MetadataReader {

    /** Reads {@code metadata.json}; whatever is wrong is in the result. */
    MetadataReading read(String json);

    /** Reads what {@code metadata.json} would say of a plain folder, with the same rules for each value. */
    MetadataReading plain(String name, String runtime, Optional<String> handler);

    /** Why a text is not one JSON value, with line and column and without a word of the text; empty if it is one. */
    Optional<String> syntaxError(String json);
}
