// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/** Follows the nesting of one JSON object over the lines that it is printed on. */
final class Braces {
    private int depth;
    private boolean inString;
    private boolean escaped;

    /** Goes on at a position, and returns the position behind the object's end, or -1 if it is not closed yet. */
    int feed(Span line, int start) {
        for (int i = start; i < line.to(); i++) {
            byte b = line.at(i);
            if (inString) {
                inString = escaped || b != '"';
                escaped = !escaped && b == '\\';
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
