// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.service.Extension.Answer;
import dev.memtune.local.service.Extension.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One thing that can be looked at or changed. */
interface Resource {
    int OK = 200;
    int CREATED = 201;
    int NO_CONTENT = 204;

    /**
     * Answers a request for this resource, whose name is the path's first segment.
     *
     * @throws Refusal the error to answer
     */
    Answer answer(Question question) throws IOException, InterruptedException;

    /** A JSON answer. */
    static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json", (body.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Done, and nothing to say. */
    static Answer done() {
        return new Answer(NO_CONTENT, "application/json", new byte[0]);
    }

    /** The request's method is none of these. */
    static Refusal notAllowed(Question question, String allowed) {
        return new Refusal(
                Refusal.METHOD_NOT_ALLOWED,
                "/" + String.join("/", question.path()) + " answers " + allowed + ", got: " + question.method());
    }
}
