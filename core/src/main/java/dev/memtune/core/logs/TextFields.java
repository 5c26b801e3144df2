// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Key: value unit} pairs from left to right, separated by tabs or spaces, each key only where a key can
 * begin: so {@code Duration:} is never taken from the end of a longer key, known or not.
 */
final class TextFields {
    /** Digits that a double holds exactly, with which a decimal is one exact division. */
    private static final int EXACT_DIGITS = 15;

    private static final int MAX_NUMBER_LENGTH = 40;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final Span line;
    private final boolean lineEnded;
    private int position;
    private boolean cut;

    /**
     * @param line the pairs
     * @param lineEnded whether the log goes on after the line, so that its last value is whole
     */
    TextFields(Span line, boolean lineEnded) {
        this.line = line;
        this.lineEnded = lineEnded;
        this.position = line.from();
    }

    /** Puts every known value into the draft, and returns whether the log ends with the line, perhaps within a value. */
    boolean readInto(ReportDraft draft) {
        position = line.skipSpaces(position);
        while (position < line.to()) {
            ReportField field = ReportField.at(line, position);
            if (field == null) {
                skipUnknown();
            } else {
                position = line.skipSpaces(position + field.keyLength());
                readValue(field, draft);
            }
            position = line.skipSpaces(position);
        }
        if (cut && !lineEnded) {
            draft.flaw("the log ends within a value");
        }
        return !lineEnded;
    }

    private void readValue(ReportField field, ReportDraft draft) {
        if (position >= line.to()) {
            draft.flaw(field.label() + " has no value");
        } else if (field.isWord()) {
            int start = position;
            position = line.skipWord(start);
            draft.word(field, line.text(start, position));
        } else {
            readNumber(field, draft);
        }
    }

    private void readNumber(ReportField field, ReportDraft draft) {
        Double value = number();
        boolean unitFollows = unit(field.isMemory() ? 'M' : 'm', field.isMemory() ? 'B' : 's');
        if (value != null && unitFollows) {
            draft.number(field, value);
            return;
        }
        draft.flaw(field.label() + " is not a number with its unit");
        position = line.skipWord(position);
    }

    private @Nullable Double number() {
        int start = position;
        long digits = 0;
        int count = 0;
        int decimals = 0;
        boolean pointSeen = false;
        while (position < line.to() && position - start <= MAX_NUMBER_LENGTH) {
            byte b = line.at(position);
            if (b >= '0' && b <= '9') {
                digits = digits * 10 + (b - '0');
                count++;
                decimals += pointSeen ? 1 : 0;
            } else if (b == '.' && !pointSeen && count > 0) {
                pointSeen = true;
            } else {
                break;
            }
            position++;
        }
        if (count == 0 || position - start > MAX_NUMBER_LENGTH) {
            return null;
        }
        // The quotient of two exact numbers is the nearest double; with more digits they are not exact.
        return count <= EXACT_DIGITS ? digits / POWERS_OF_TEN[decimals] : Double.valueOf(line.text(start, position));
    }

    private boolean unit(char first, char second) {
        int start = line.skipSpaces(position);
        int end = line.skipWord(start);
        boolean present = end - start == 2 && line.at(start) == first && line.at(start + 1) == second;
        position = present ? end : position;
        cut |= end >= line.to() && !present;
        return present;
    }

    /** Passes over the words of an unknown key, its value, and the value's unit if it has one. */
    private void skipUnknown() {
        boolean keyEnded = false;
        while (position < line.to() && !keyEnded) {
            int end = line.skipWord(position);
            keyEnded = line.at(end - 1) == ':';
            position = line.skipSpaces(end);
        }
        if (ReportField.at(line, position) == null) {
            position = line.skipSpaces(line.skipWord(position));
            unit('m', 's');
            unit('M', 'B');
        }
    }
}
