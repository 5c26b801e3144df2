// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import java.util.regex.Pattern;

/**
 * The pattern of StringMatches: {@code *} stands for any characters, {@code \*} for a star and {@code \\} for a backslash.
 *
 * @param text as written
 * @param compiled what matches
 */
public record Wildcard(String text, Pattern compiled) {
    /** @throws IllegalArgumentException if a backslash stands before anything else */
    static Wildcard parse(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                if (i == text.length() || "*\\".indexOf(text.charAt(i)) < 0) {
                    throw new IllegalArgumentException("'\\' must be followed by '*' or '\\', got: " + text);
                }
                regex.append(Pattern.quote(String.valueOf(text.charAt(i))));
            } else {
                regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
            }
        }
        return new Wildcard(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String value) {
        return compiled.matcher(value).matches();
    }
}
