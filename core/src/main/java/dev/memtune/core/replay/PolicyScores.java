// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import java.util.List;

/**
 * How one policy did.
 *
 * @param policy its name
 * @param overall the mean over functions
 * @param functions each function's
 */
public record PolicyScores(String policy, Score overall, List<Score> functions) {
    /** Copies the list. */
    public PolicyScores {
        functions = List.copyOf(functions);
    }
}
