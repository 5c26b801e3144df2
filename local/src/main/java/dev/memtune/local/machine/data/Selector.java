// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * InputPath or OutputPath.
 *
 * @param path what is taken; null takes nothing, which gives an empty object
 */
public record Selector(@Nullable Path path) {
    /** The default: everything. */
    public static final Selector ALL = new Selector(Path.parse("$"));
    /** What a JSON null means. */
    public static final Selector NOTHING = new Selector(null);

    /**
     * What is taken of {@code $} or {@code $$}.
     *
     * @throws StateFailure States.Runtime if there is nothing at the path
     */
    public JsonNode select(Frame frame) {
        return path == null ? Json.object() : path.evaluate(frame);
    }
}
