// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

import java.util.Objects;

/**
 * One thing that is wrong with what a person gave us, said so that it can be mended without a search.
 *
 * @param field where it is: a JSON member ({@code powerValues[2]}), an option or a file name
 * @param rule what must hold
 * @param received what was given instead, shortened; never a secret or a whole payload
 * @param remedy what to do
 */
public record Problem(String field, String rule, String received, String remedy) {
    /** Checks that nothing is null. */
    public Problem {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** The problem as one line. */
    @Override
    public String toString() {
        return field + ": " + rule + ", got: " + received + ". " + remedy;
    }
}
