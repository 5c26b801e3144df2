// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something beside the Lambda API that a service answers under a path of its own, to the same clients. */
@FunctionalInterface
public interface Extension {
    /**
     * Answers a request.
     *
     * @throws IOException if it fails; the client is told where to look, not what happened
     */
    Answer answer(Question question) throws IOException, InterruptedException;

    /**
     * A request.
     *
     * @param method the HTTP method
     * @param path the decoded segments after the extension's own path
     * @param query the query's parameters, decoded
     * @param body the body; not copied, must not be changed
     */
    record Question(String method, List<String> path, Map<String, List<String>> query, byte[] body) {
        /** A parameter of the query. */
        public Optional<String> parameter(String name) {
            return query.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param contentType the body's type
     * @param body the body; not copied, must not be changed
     */
    record Answer(int status, String contentType, byte[] body) {}
}
