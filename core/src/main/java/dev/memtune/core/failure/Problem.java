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
    private static final int MAX_CHARS = 200;

    /** Checks that nothing is null, and makes what a stranger may have written fit to be printed: one short plain line. */
    public Problem {
        field = printable(Objects.requireNonNull(field, "field"));
        Objects.requireNonNull(rule, "rule");
        received = printable(Objects.requireNonNull(received, "received"));
        Objects.requireNonNull(remedy, "remedy");
    }

    /** The problem as one line. */
    @Override
    public String toString() {
        return field + ": " + rule + ", got: " + received + ". " + remedy;
    }

    /** Control and invisible characters could move a terminal's cursor or forge a line of a log. */
    private static String printable(String text) {
        String bounded = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
        return bounded.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029]", "?");
    }
}
