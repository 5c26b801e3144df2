// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import com.fasterxml.jackson.databind.JsonNode;

/** Data in a message, cut to a length that a reader still takes in. */
final class Excerpt {
    private static final int MAX_CHARS = 500;

    private Excerpt() {}

    static String of(JsonNode node) {
        String text = Json.text(node);
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
    }
}
