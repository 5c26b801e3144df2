// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.util.Objects;

/**
 * One thing that is wrong with a package, complete enough to be mended without a look at our code.
 *
 * @param where the field of {@code metadata.json}, or the file
 * @param rule what must hold
 * @param received what was found instead; at most {@value #MAX_RECEIVED_CHARS} characters are kept, control characters are
 *     replaced, so that a hostile package cannot write to a terminal; never the value of an environment variable
 * @param remedy what to do
 */
public record Problem(String where, String rule, String received, String remedy) {
    static final int MAX_RECEIVED_CHARS = 200;

    /** Makes every part safe to print. */
    public Problem {
        where = printable(where);
        rule = printable(rule);
        received = printable(received);
        remedy = printable(remedy);
    }

    /** The problem in one line. */
    public String message() {
        return where + " " + rule + ", got: " + received + "; " + remedy;
    }

    private static String printable(String text) {
        String bounded = Objects.requireNonNull(text, "text").length() <= MAX_RECEIVED_CHARS
                ? text
                : text.substring(0, MAX_RECEIVED_CHARS) + "…";
        return bounded.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
