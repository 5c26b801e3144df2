// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.LambdaFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A page of a list. The marker is the position after the page; clients must not look into it.
 *
 * @param first the index of the first element
 * @param size how many elements at most
 */
record Page(int first, int size) {
    private static final int MAX_ITEMS = 10_000;
    private static final int MOST_PER_PAGE = 50;

    /** @throws LambdaFault if Marker or MaxItems is wrong */
    static Page of(Request request) {
        return of(request, MAX_ITEMS);
    }

    /**
     * A page of a list whose MaxItems is limited to less.
     *
     * @throws LambdaFault if Marker or MaxItems is wrong
     */
    static Page of(Request request, int most) {
        int items =
                request.parameter("MaxItems").map(text -> maxItems(text, most)).orElse(MOST_PER_PAGE);
        return new Page(request.parameter("Marker").map(Page::position).orElse(0), Math.min(items, MOST_PER_PAGE));
    }

    private static int position(String marker) {
        try {
            return Integer.parseUnsignedInt(new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw LambdaFault.invalid("Invalid marker: take NextMarker of the page before");
        }
    }

    private static int maxItems(String text, int most) {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw LambdaFault.invalid("MaxItems must be a number, got: " + text);
        }
        Constraints constraints = new Constraints();
        constraints.range("maxItems", value, 1, most);
        constraints.enforce();
        return value;
    }

    /** An answer with the elements of this page under a name, and the next marker if there are more. */
    ObjectNode of(String name, List<ObjectNode> all) {
        ObjectNode answer = Reply.object();
        ArrayNode items = answer.putArray(name);
        int from = Math.min(first, all.size());
        int to = Math.min(from + size, all.size());
        all.subList(from, to).forEach(items::add);
        if (to < all.size()) {
            byte[] position = Integer.toString(to).getBytes(StandardCharsets.UTF_8);
            answer.put("NextMarker", Base64.getUrlEncoder().withoutPadding().encodeToString(position));
        }
        return answer;
    }
}
