// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

/** The beginning of somebody else's message, short enough to be kept and shown. */
final class Excerpt {
    static final int MAX_LENGTH = 300;

    private static final String MORE = "…";

    private Excerpt() {}

    /** The message as one line of at most {@value #MAX_LENGTH} characters. */
    static String of(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        if (line.length() <= MAX_LENGTH) {
            return line;
        }
        int end = MAX_LENGTH - MORE.length();
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + MORE;
    }
}
