// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class NearestName {
    private static final int CHANGES_MIN = 2;
    private static final int LETTERS_PER_CHANGE = 3;

    private NearestName() {}

    /** The known name that takes the fewest changes, if that is few: at most a third of the letters, or two. */
    public static Optional<String> of(String name, Collection<String> known) {
        int allowed = Math.max(CHANGES_MIN, name.length() / LETTERS_PER_CHANGE);
        return known.stream()
                .filter(other -> changes(name, other) <= allowed)
                .min(Comparator.<String>comparingInt(other -> changes(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, letters compared without case. */
    static int changes(String first, String second) {
        String from = first.toLowerCase(Locale.ROOT);
        String to = second.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
