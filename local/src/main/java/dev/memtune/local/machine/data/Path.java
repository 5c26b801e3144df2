// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Optional;

/**
 * A JSONPath into a state's data ({@code $.a.b}) or into the context object ({@code $$.Execution.Name}). A path that may
 * match many nodes yields an array, empty if none matches.
 *
 * @param text the path as written
 * @param isContext true if it looks into the context object
 * @param compiled what evaluates it
 */
public record Path(String text, boolean isContext, JsonPath compiled) implements Expression {
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(Json.MAPPER))
            .mappingProvider(new JacksonMappingProvider(Json.MAPPER))
            .build();

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException if the text is not a path, or names a variable
     */
    public static Path parse(String text) {
        boolean isContext = text.startsWith("$$");
        String path = isContext ? text.substring(1) : text;
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("a path must start with '$', got: " + text);
        }
        if (path.length() > 1 && path.charAt(1) != '.' && path.charAt(1) != '[') {
            throw new IllegalArgumentException(
                    "'$' must be followed by '.' or '[' (variables are not supported), got: " + text);
        }
        if (path.endsWith("[")) {
            throw new IllegalArgumentException("not a JSONPath: " + text + " (the bracket at its end is not closed)");
        }
        try {
            return new Path(text, isContext, JsonPath.compile(path));
        } catch (RuntimeException e) {
            // the library also throws others than its own InvalidPathException
            throw new IllegalArgumentException("not a JSONPath: " + text + " (" + e.getMessage() + ")", e);
        }
    }

    /** True if it is the whole input. */
    public boolean isRoot() {
        return text.equals("$");
    }

    @Override
    public JsonNode evaluate(Frame frame) {
        return find(frame)
                .orElseThrow(() -> StateFailure.runtime("The JSONPath '" + text + "' could not be found in the "
                        + (isContext ? "context object" : "input '" + Excerpt.of(frame.input()) + "'")));
    }

    /** The value, or empty if there is no such node; a node that holds null is there. */
    public Optional<JsonNode> find(Frame frame) {
        JsonNode root = isContext ? frame.context() : frame.input();
        if (compiled.getPath().equals("$")) {
            return Optional.of(root);
        }
        try {
            Object found = compiled.read((Object) root, CONFIGURATION);
            return Optional.of(found instanceof JsonNode node ? node : Json.MAPPER.valueToTree(found));
        } catch (PathNotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // the library also throws others than its own JsonPathException
            throw new StateFailure(
                    StateFailure.RUNTIME, "The JSONPath '" + text + "' could not be evaluated: " + e.getMessage());
        }
    }
}
