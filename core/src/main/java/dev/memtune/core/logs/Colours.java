// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.io.ByteArrayOutputStream;

/** Takes terminal colours ({@code ESC [ … m} and their kin) out of a line that begins with one or is a report. */
final class Colours {
    private static final byte ESCAPE = 0x1b;
    private static final byte[] ESCAPE_TEXT = {ESCAPE};

    private Colours() {}

    static Span strip(Span line) {
        boolean possible = !line.isEmpty() && (line.at(line.from()) == ESCAPE || TextLines.isReport(line));
        return possible && line.contains(ESCAPE_TEXT) ? strippedCopy(line) : line;
    }

    private static Span strippedCopy(Span line) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(line.to() - line.from());
        int i = line.from();
        while (i < line.to()) {
            if (line.at(i) == ESCAPE) {
                i = sequenceEnd(line, i + 1);
            } else {
                plain.write(line.at(i));
                i++;
            }
        }
        byte[] bytes = plain.toByteArray();
        return new Span(bytes, 0, bytes.length);
    }

    /** Control sequences per ECMA-48: "[", parameters and intermediates below "@", one final byte from "@" on. */
    private static int sequenceEnd(Span line, int start) {
        if (start >= line.to() || line.at(start) != '[') {
            return start;
        }
        int i = start + 1;
        while (i < line.to() && line.at(i) < '@' && line.at(i) >= ' ') {
            i++;
        }
        return Math.min(i + 1, line.to());
    }
}
