// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;

/**
 * How often an arm's invocations had to wait for capacity: a document of the run for each arm that had to.
 *
 * @param times how often, at least 1
 * @param reason AWS's words of the last time
 */
public record Shortage(int times, String reason) {
    /** Checks that nothing is null. */
    public Shortage {
        Objects.requireNonNull(reason, "reason");
    }

    /** The document's name. */
    public static String document(String armId) {
        return "shortage-" + armId;
    }

    /** In words, for the result. */
    public String warning(int memoryMB) {
        return "invocations of " + memoryMB + " MB waited " + times + (times == 1 ? " time" : " times")
                + " for capacity: " + reason;
    }
}
