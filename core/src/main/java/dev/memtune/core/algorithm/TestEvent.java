// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.util.Objects;

/**
 * An event that the function is tested and measured with.
 *
 * @param name the file's name in {@code tests/}, or {@value #PAYLOAD} for the one in {@code metadata.json}
 * @param json the event, a JSON text; AWS bounds it at 6 MB
 */
public record TestEvent(String name, String json) {
    static final String PAYLOAD = "payload";

    /** Checks that nothing is null. */
    public TestEvent {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(json, "json");
    }
}
