// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.run.Infeasible;
import dev.memtune.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the cause of a failed execution: within its bound, the most useful first. */
final class Cause {
    private static final String CUT = "\n(shortened; the rest is in the run store)";

    private final List<String> paragraphs = new ArrayList<>();

    Cause add(String paragraph) {
        if (!paragraph.isBlank()) {
            paragraphs.add(paragraph.strip());
        }
        return this;
    }

    /** Adds what was measured, a line per arm. */
    Cause addMeasured(List<Sample> samples) {
        if (samples.isEmpty()) {
            return add("Nothing was measured.");
        }
        Map<String, List<Sample>> byArm =
                samples.stream().collect(Collectors.groupingBy(Sample::armId, TreeMap::new, Collectors.toList()));
        return add(byArm.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + counts(entry.getValue()))
                .collect(Collectors.joining("\n", "Measured until then:\n", "")));
    }

    private static String counts(List<Sample> samples) {
        Map<String, Long> counts = samples.stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.outcome().name().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Adds the sizes that cannot work, a line per size. */
    Cause addInfeasible(List<Infeasible> infeasible) {
        return add(infeasible.stream()
                .map(one -> one.memoryMB() + " MB cannot work: " + one.message())
                .collect(Collectors.joining("\n")));
    }

    String text() {
        return shorten(String.join("\n\n", paragraphs), RecorderOutput.MAX_CAUSE, CUT);
    }

    /** A text within a bound, its end replaced by a note if it is longer. */
    static String shorten(String text, int maxLength, String note) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = maxLength - note.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + note;
    }
}
