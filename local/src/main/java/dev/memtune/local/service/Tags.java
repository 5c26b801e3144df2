// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.util.Map;
import java.util.Optional;

/**
 * A function's tags.
 *
 * @param map the values by key
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html">Tags</a>
 */
record Tags(Map<String, String> map) {
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    /** @throws LambdaFault if there are too many, or one is too long or reserved */
    Tags {
        if (map.size() > MAX_TAGS) {
            throw LambdaFault.invalid("Number of tags exceeds resource tag limit.");
        }
        Constraints constraints = new Constraints();
        map.forEach((key, value) -> {
            constraints.length("tags", Optional.of(key), 1, MAX_KEY);
            constraints.length("tags", Optional.of(value), 0, MAX_VALUE);
        });
        constraints.enforce();
        if (map.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw LambdaFault.invalid("Tag keys must not start with 'aws:', which is reserved");
        }
    }

    static Tags of(Optional<Map<String, String>> map) {
        return new Tags(map.orElse(Map.of()));
    }
}
