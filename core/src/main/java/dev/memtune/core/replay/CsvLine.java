// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of comma-separated values. A cell in quotation marks may hold commas, and a mark where it is doubled, as in <a
 * href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>; line ends in cells are not supported.
 */
final class CsvLine {
    private static final char MARK = '"';

    private CsvLine() {}

    /** The cells without the blanks around them. */
    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            boolean isDoubled = isQuoted && next == MARK && i + 1 < line.length() && line.charAt(i + 1) == MARK;
            if (isDoubled) {
                cell.append(MARK);
                i++;
            } else if (next == MARK) {
                isQuoted = !isQuoted;
            } else if (next == ',' && !isQuoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(next);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
