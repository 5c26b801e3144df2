// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of operations. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /**
     * A row of the table.
     *
     * @param name the operation's name
     * @param method the HTTP method
     * @param template the path's segments; <code>{Name}</code> stands for a variable
     * @param selector what tells it from another operation of the same path; empty if nothing has to
     * @param operation what answers
     */
    record Route(String name, String method, List<String> template, String selector, Operation operation) {
        private Optional<Map<String, String>> match(List<String> segments) {
            if (segments.size() != template.size()) {
                return Optional.empty();
            }
            Map<String, String> variables = new TreeMap<>();
            for (int i = 0; i < segments.size(); i++) {
                String part = template.get(i);
                if (part.startsWith("{") && !segments.get(i).isEmpty()) {
                    variables.put(part.substring(1, part.length() - 1), segments.get(i));
                } else if (!part.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    /**
     * A route with the path's variables.
     *
     * @param route the row
     * @param variables the variables by name
     */
    record Match(Route route, Map<String, String> variables) {}

    /**
     * Adds a row.
     *
     * @param methodAndPath the method, a space, the path; after another space the selector, if it needs one: the value of
     *     {@code X-Amz-Target} or a parameter in the query
     */
    Routes add(String name, String methodAndPath, Operation operation) {
        String[] parts = methodAndPath.split(" ", 3);
        String selector = parts.length == 3 ? parts[2] : "";
        routes.add(new Route(name, parts[0], segments(parts[1]), selector, operation));
        return this;
    }

    /** Adds calls that Lambda has and this service has not. */
    Routes addMissing(Map<String, String> methodsAndPaths) {
        methodsAndPaths.forEach((name, methodAndPath) -> add(name, methodAndPath, request -> {
            throw LambdaFault.of(
                    LambdaFault.Kind.NOT_SUPPORTED, "The embedded Lambda service does not support " + name + ".");
        }));
        return this;
    }

    /** The operations' names. */
    Set<String> names() {
        return routes.stream().map(Route::name).collect(Collectors.toSet());
    }

    /**
     * The row for a request.
     *
     * @param selectors the value of {@code X-Amz-Target}, and the query's parameters
     * @throws LambdaFault if nothing matches
     */
    Match find(String method, String rawPath, Set<String> selectors) {
        List<String> segments = segments(rawPath);
        for (Route route : routes) {
            boolean candidate = route.method().equals(method)
                    && (route.selector().isEmpty() || selectors.contains(route.selector()));
            Optional<Map<String, String>> variables = candidate ? route.match(segments) : Optional.empty();
            if (variables.isPresent()) {
                return new Match(route, variables.get());
            }
        }
        String shown = rawPath.length() <= 200 ? rawPath : rawPath.substring(0, 200) + "...";
        throw LambdaFault.of(
                LambdaFault.Kind.NOT_SUPPORTED,
                "The embedded Lambda service does not know the operation " + method + " " + shown + ".");
    }

    static List<String> segments(String path) {
        int from = path.startsWith("/") ? 1 : 0;
        int to = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        List<String> segments = new ArrayList<>();
        for (String part : path.substring(from, to).split("/", -1)) {
            segments.add(decoded(part));
        }
        return segments;
    }

    /** Decodes per cent sequences and, other than in forms, nothing else. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw LambdaFault.of(
                    LambdaFault.Kind.INVALID_REQUEST_CONTENT,
                    "The request's address is not correctly encoded: " + text);
        }
    }
}
