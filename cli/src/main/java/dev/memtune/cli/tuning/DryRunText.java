// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;

/** Says how a dry run went: that every size could be published and invoked, and nothing about which is best. */
final class DryRunText {
    private DryRunText() {}

    static List<String> of(TuningEnd end) {
        List<String> lines = new ArrayList<>();
        lines.add("Dry run: one invocation per size; nothing was decided, nothing was moved.");
        for (Sample sample : end.samples()) {
            String message = sample.message() == null ? "" : ": " + sample.message();
            lines.add("  " + sample.armId().replaceFirst("^m(\\d+).*", "$1 MB") + "  " + word(sample.outcome())
                    + message);
        }
        return lines;
    }

    private static String word(Sample.Outcome outcome) {
        return switch (outcome) {
            case MEASURED -> "works";
            case FAILED -> "fails";
            case UNPARSED -> "works, but its report cannot be read";
            case DISCARDED -> "ran something else";
            case UNANSWERED -> "did not answer";
        };
    }
}
