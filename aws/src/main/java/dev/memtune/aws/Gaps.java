// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What an endpoint was found not to tell. Each kind is mentioned once, however often it is missed. */
final class Gaps {
    private final Set<String> mentioned = ConcurrentHashMap.newKeySet();

    /**
     * Tells of a gap unless it was told already.
     *
     * @param kind what is missing, for telling gaps apart
     */
    void mention(String kind, String warning, Consumer<String> warnings) {
        if (mentioned.add(kind)) {
            warnings.accept(warning);
        }
    }
}
